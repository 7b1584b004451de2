package io.freshet.oracle;

import io.freshet.oracle.RandomCase.Arrival;
import io.freshet.plan.FeaturePlan;
import java.time.Duration;
import java.time.Instant;

/** A random case as text, close to how a golden case is written. */
final class CaseText {
  private CaseText() {}

  static String of(RandomCase random) {
    StringBuilder text = new StringBuilder();
    text.append("seed ").append(random.seed()).append('\n');
    if (random.view().filter() != null) {
      text.append("filter: ").append(random.view().filter()).append('\n');
    }
    text.append("features:\n");
    random.view().features().forEach(feature -> text.append(line(feature)));
    text.append("maxDisorder: ")
        .append(random.maxDisorderMillis())
        .append(" ms, allowedLateness: ");
    text.append(random.view().allowedLatenessMillis()).append(" ms\n");
    if (random.copies() != null) {
      text.append("copies have one id within ").append(random.copies().withinMillis());
      text.append(" ms\n");
    }
    text.append("events, as they arrive (| where the watermark follows):\n");
    random.arrivals().forEach(arrival -> text.append(line(arrival)));
    text.append("as of ").append(Instant.ofEpochMilli(random.asOfMillis()));
    return text.toString();
  }

  private static String line(FeaturePlan feature) {
    StringBuilder line = new StringBuilder("  - ");
    line.append(feature.name()).append(": ").append(feature.aggregation().wireName());
    if (feature.input() != FeaturePlan.NO_INPUT) {
      line.append(" of ").append(RandomView.INPUTS.get(feature.input()).type().wireName());
    }
    switch (feature.aggregation().takes()) {
      case NOTHING -> {}
      case K -> line.append(", k ").append(feature.parameters().k());
      case PERCENTILES -> line.append(", percentiles ").append(feature.parameters().percentiles());
      case BOUND -> line.append(", bound ").append(feature.parameters().bound());
      case BOUND_AND_CHOICE ->
          line.append(", bound ")
              .append(feature.parameters().bound())
              .append(", beyond it ")
              .append(feature.parameters().beyondBound());
    }
    return line.append(feature.window().holdsAll() ? ", lifetime" : window(feature))
        .append('\n')
        .toString();
  }

  private static String window(FeaturePlan feature) {
    return ", window %s, hop %s"
        .formatted(
            Duration.ofMillis(feature.window().lengthMillis()),
            Duration.ofMillis(feature.window().hopMillis()));
  }

  private static String line(Arrival arrival) {
    return "  - %s at %s%s%s%s\n"
        .formatted(
            arrival.key(),
            Instant.ofEpochMilli(arrival.event().timeMillis()),
            RandomSource.text(arrival.event().inputs()),
            arrival.id() == null ? "" : " id=" + arrival.id(),
            arrival.settles() ? " |" : "");
  }
}
