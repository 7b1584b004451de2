package io.freshet.examples.lateflights;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.log;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.BinaryClassificationEvaluator;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.functions;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A logistic regression on what is known of a flight when it is due. */
final class Model {
  private static final double TRAINED_ON = 0.7;
  private static final double SURE = 1e-9;
  private static final List<String> NOT_KNOWN_BEFORE =
      List.of("late", "due_at", "origin", "destination");

  private Model() {}

  /** Trains with the earlier flights of a training set and judges by the later ones. */
  static Judgement trainAndJudge(Dataset<Row> trainingSet) {
    Dataset<Row> rows = numbers(trainingSet).cache();
    double cut = rows.stat().approxQuantile("due", new double[] {TRAINED_ON}, 0)[0];
    Dataset<Row> earlier = rows.filter(col("due").lt(cut));
    Dataset<Row> later = rows.filter(col("due").geq(cut));
    Dataset<Row> judged = pipeline(columns(trainingSet)).fit(earlier).transform(later).cache();
    double base = earlier.agg(avg("label")).first().getDouble(0);
    return new Judgement(
        judged.count(),
        new BinaryClassificationEvaluator().evaluate(judged),
        logLoss(judged, functions.vector_to_array(col("probability"), "float64").getItem(1)),
        logLoss(judged, lit(base)));
  }

  private static Dataset<Row> numbers(Dataset<Row> trainingSet) {
    Column[] numbers =
        Stream.concat(
                columns(trainingSet).stream().map(name -> col(name).cast("double").as(name)),
                Stream.of(
                    col("late").cast("double").as("label"), col("due_at").cast("double").as("due")))
            .toArray(Column[]::new);
    return trainingSet.select(numbers);
  }

  private static List<String> columns(Dataset<Row> trainingSet) {
    return Arrays.stream(trainingSet.columns())
        .filter(name -> !NOT_KNOWN_BEFORE.contains(name))
        .toList();
  }

  /** A feature without a value, as of a route that nobody flew, is taken for the average. */
  private static Pipeline pipeline(List<String> columns) {
    String[] names = columns.toArray(String[]::new);
    String[] filled = columns.stream().map(name -> name + "_filled").toArray(String[]::new);
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new Imputer().setInputCols(names).setOutputCols(filled),
              new VectorAssembler().setInputCols(filled).setOutputCol("features"),
              new LogisticRegression().setRegParam(1e-4)
            });
  }

  private static double logLoss(Dataset<Row> judged, Column probability) {
    Column sure =
        when(probability.lt(SURE), SURE)
            .when(probability.gt(1 - SURE), 1 - SURE)
            .otherwise(probability);
    Column loss =
        when(col("label").equalTo(1), log(sure)).otherwise(log(lit(1).minus(sure))).multiply(-1);
    return judged.agg(avg(loss)).first().getDouble(0);
  }
}
