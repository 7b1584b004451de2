package io.freshet.examples.lateflights;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Predicts which flights leave more than fifteen minutes late: writes departures as a table,
 * declares features of it, has Freshet make a training set, trains a model with Spark ML on the
 * earlier flights and judges it by the later ones.
 */
public final class LateFlights {
  private LateFlights() {}

  /**
   * Exits with 0 if the model is better than the base rate, else with 1.
   *
   * @param arguments the control plane's address; a folder in one of {@code
   *     freshet.batch.table-roots}, where nothing is yet; a CSV file of date, delay, distance,
   *     origin and destination
   */
  public static void main(String[] arguments) throws Exception {
    ControlPlane freshet = new ControlPlane(arguments[0]);
    Path folder = Path.of(arguments[1]).toAbsolutePath();
    Path csv = Path.of(arguments[2]);
    boolean better;
    try (SparkSession spark = session()) {
      spark.sparkContext().setLogLevel("WARN");
      Flights flights = Flights.read(spark, csv);
      flights.writeDepartures(folder.resolve("departures"));
      flights.writeLabels(folder.resolve("labels"));

      freshet.apply(Definitions.over(folder.resolve("departures")));
      freshet.makeTrainingSet(folder.resolve("labels"), folder.resolve("training-set"));

      Dataset<Row> trainingSet = spark.read().parquet(folder.resolve("training-set").toString());
      Judgement judgement = Model.trainAndJudge(trainingSet);
      System.out.println(judgement.text());
      better = judgement.isBetterThanBaseRate();
    }
    System.exit(better ? 0 : 1);
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("late-flights")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate();
  }
}
