package io.freshet.batch;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of a run: what the submit says, then what Freshet needs, then defaults for
 * small data, where Spark's own are slow.
 */
public final class BatchSession {
  private static final Map<String, String> NEEDED =
      Map.of(
          "spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension",
          "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog",
          "spark.sql.datetime.java8API.enabled", "true",
          "spark.sql.session.timeZone", "UTC");

  private static final Map<String, String> DEFAULTS =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.adaptive.enabled", "true",
          "spark.databricks.delta.snapshotPartitions", "1",
          "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/freshet-spark");

  private static final Map<String, String> LOCAL_DEFAULTS =
      Map.of(
          "spark.sql.shuffle.partitions", "2",
          "spark.driver.host", "127.0.0.1",
          "spark.driver.bindAddress", "127.0.0.1");

  private BatchSession() {}

  /**
   * @param name of the application
   */
  public static SparkSession open(String name) {
    SparkConf conf = new SparkConf();
    conf.setIfMissing("spark.app.name", name);
    NEEDED.forEach(conf::set);
    DEFAULTS.forEach(conf::setIfMissing);
    if (conf.get("spark.master").startsWith("local")) {
      LOCAL_DEFAULTS.forEach(conf::setIfMissing);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }
}
