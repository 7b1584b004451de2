package io.freshet.batch.run;

import java.util.Locale;
import java.util.Properties;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * What a run does, as its users understand it. A run enters a stage on its thread, and all work of
 * Spark that is started there from then on is of the stage.
 */
public enum RunStage {
  START,
  ARCHIVE,
  TILES,
  SERVE,
  LOG,
  HAND_OVER,
  TRAINING_SET,
  CONSISTENCY;

  private static final String STAGE = "freshet.stage";
  private static final String VIEW = "freshet.stage.view";

  /** Enters the stage of all views of the run. */
  public void enter(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    context.setLocalProperty(STAGE, wireName());
    context.setLocalProperty(VIEW, null);
  }

  /**
   * Enters the stage of one view.
   *
   * @param view its name
   */
  public void enter(SparkSession spark, String view) {
    SparkContext context = spark.sparkContext();
    context.setLocalProperty(STAGE, wireName());
    context.setLocalProperty(VIEW, view);
  }

  /** As {@code RunProgress} has it. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A stage and whose it is.
   *
   * @param view null if it is that of all views
   */
  record Entered(String stage, @Nullable String view) {
    static final Entered START = new Entered(RunStage.START.wireName(), null);

    /** What work of Spark with such properties is of; nothing entered means the start. */
    static Entered of(@Nullable Properties properties) {
      String stage = properties == null ? null : properties.getProperty(STAGE);
      return stage == null || properties == null
          ? START
          : new Entered(stage, properties.getProperty(VIEW));
    }
  }
}
