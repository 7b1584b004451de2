package io.freshet.batch.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.TrainingSetPlan;
import java.io.IOException;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The folder of a training set, which is there whole or not at all: it is written beside its place
 * and renamed. It says which run wrote it, so that a repeated run knows its own.
 */
final class OutputFolder {
  /** Its name begins as those that readers of both formats pass over. */
  private static final String MARK = "_freshet_run";

  private final SparkSession spark;
  private final String runId;
  private final String format;
  private final Path place;
  private final FileSystem files;
  private boolean written;

  private OutputFolder(
      SparkSession spark, String runId, String format, Path place, FileSystem files) {
    this.spark = spark;
    this.runId = runId;
    this.format = format;
    this.place = place;
    this.files = files;
  }

  /**
   * @throws FreshetException if something is there that the run did not write
   */
  static OutputFolder of(SparkSession spark, TrainingSetPlan plan) {
    Path place = new Path(plan.output().path());
    try {
      FileSystem files = place.getFileSystem(spark.sparkContext().hadoopConfiguration());
      OutputFolder folder =
          new OutputFolder(spark, plan.runId(), Spine.name(plan.output().format()), place, files);
      folder.written = files.exists(place) && folder.isOwn();
      return folder;
    } catch (IOException e) {
      throw unreachable(place, e);
    }
  }

  boolean isWritten() {
    return written;
  }

  void write(Dataset<Row> rows) {
    Path unfinished = new Path(place.getParent(), "." + place.getName() + "." + runId);
    try {
      files.delete(unfinished, true);
      rows.write().format(format).save(unfinished.toString());
      try (FSDataOutputStream mark = files.create(new Path(unfinished, MARK), true)) {
        mark.write(runId.getBytes(UTF_8));
      }
      if (!files.rename(unfinished, place)) {
        throw taken();
      }
    } catch (IOException e) {
      throw unreachable(place, e);
    }
    written = true;
  }

  Dataset<Row> read() {
    return spark.read().format(format).load(place.toString());
  }

  private boolean isOwn() throws IOException {
    Path mark = new Path(place, MARK);
    if (files.exists(mark)) {
      try (FSDataInputStream in = files.open(mark)) {
        if (new String(in.readAllBytes(), UTF_8).equals(runId)) {
          return true;
        }
      }
    }
    throw taken();
  }

  private FreshetException taken() {
    return new FreshetException(
        ErrorCategory.USER,
        "Cannot write the training set: there is something at %s already, choose another place"
            .formatted(place));
  }

  private static FreshetException unreachable(Path place, IOException cause) {
    return new FreshetException(
        ErrorCategory.UNAVAILABLE,
        "Cannot reach the place of the training set, %s: %s".formatted(place, cause.getMessage()),
        cause);
  }
}
