package io.freshet.examples.lateflights;

import java.util.Locale;

/**
 * How good a model is for flights that are later than those it was trained on.
 *
 * @param flights that it was judged by
 * @param areaUnderRoc 0.5 for a guess
 * @param logLoss of its probabilities, the less the better
 * @param baseLogLoss of the share of late flights in what it was trained on
 */
record Judgement(long flights, double areaUnderRoc, double logLoss, double baseLogLoss) {
  private static final double GUESS = 0.5;

  boolean isBetterThanBaseRate() {
    return logLoss < baseLogLoss && areaUnderRoc > GUESS;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        "%,d flights: area under the ROC curve %.3f, log loss %.4f; of the base rate %.4f",
        flights,
        areaUnderRoc,
        logLoss,
        baseLogLoss);
  }
}
