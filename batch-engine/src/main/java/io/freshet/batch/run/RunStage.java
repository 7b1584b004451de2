package io.freshet.batch.run;

import io.freshet.plan.RunProgress.Chunks;
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
  BACKFILL,
  CONSISTENCY;

  private static final String STAGE = "freshet.stage";
  private static final String VIEW = "freshet.stage.view";
  private static final String CHUNKS = "freshet.stage.chunks";

  /** Enters the stage of all views of the run. */
  public void enter(SparkSession spark) {
    SparkContext context = spark.sparkContext();
    context.setLocalProperty(STAGE, wireName());
    context.setLocalProperty(VIEW, null);
    context.setLocalProperty(CHUNKS, null);
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
    context.setLocalProperty(CHUNKS, null);
  }

  /**
   * Enters the stage of one view, in which it comes to the chunk after those that are done.
   *
   * @param view its name
   */
  public void enter(SparkSession spark, String view, Chunks chunks) {
    enter(spark, view);
    spark.sparkContext().setLocalProperty(CHUNKS, "%d/%d".formatted(chunks.done(), chunks.known()));
  }

  /** As {@code RunProgress} has it. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * A stage and whose it is.
   *
   * @param view null if it is that of all views
   * @param chunks null if the stage has none
   */
  record Entered(String stage, @Nullable String view, @Nullable Chunks chunks) {
    static final Entered START = new Entered(RunStage.START.wireName(), null);

    Entered(String stage, @Nullable String view) {
      this(stage, view, null);
    }

    /** What work of Spark with such properties is of; nothing entered means the start. */
    static Entered of(@Nullable Properties properties) {
      String stage = properties == null ? null : properties.getProperty(STAGE);
      return stage == null || properties == null
          ? START
          : new Entered(
              stage, properties.getProperty(VIEW), chunks(properties.getProperty(CHUNKS)));
    }

    private static @Nullable Chunks chunks(@Nullable String text) {
      if (text == null) {
        return null;
      }
      int slash = text.indexOf('/');
      return new Chunks(
          Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }
  }
}
