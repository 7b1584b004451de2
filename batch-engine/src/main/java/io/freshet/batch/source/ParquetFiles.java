package io.freshet.batch.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * A folder of Parquet files, at any depth. Nothing says how one content follows another, so each is
 * a table of its own with one version: its id is a fingerprint of the names, sizes and modification
 * times of its files. Files and folders whose names begin with a dot or an underscore are not part
 * of it, as in Spark. The schema is that of all files together.
 */
final class ParquetFiles implements TableFiles {
  private static final long ONLY_VERSION = 0;
  private static final int FINGERPRINT_BYTES = 16;

  private final String id;
  private final Dataset<Row> rows;
  private final long bytes;

  private ParquetFiles(String id, Dataset<Row> rows, long bytes) {
    this.id = id;
    this.rows = rows;
    this.bytes = bytes;
  }

  /**
   * @throws FreshetException if there is no such folder, it has no files, or is a Delta table
   */
  static ParquetFiles open(SparkSession spark, String path) {
    try {
      Path folder = new Path(path);
      FileSystem system = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
      if (system.exists(new Path(folder, "_delta_log"))) {
        throw refusal(path, "it is a Delta table, declare format: delta");
      }
      List<FileStatus> files = files(system, system.makeQualified(folder));
      if (files.isEmpty()) {
        throw refusal(path, "it has no files, correct its path or write some");
      }
      long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
      return new ParquetFiles("parquet-" + fingerprint(files), read(spark, path, files), bytes);
    } catch (FileNotFoundException e) {
      throw refusal(path, "there is no such folder, correct its path or write it");
    } catch (IOException e) {
      throw new FreshetException(
          ErrorCategory.UNAVAILABLE, "Cannot read the Parquet folder %s: %s".formatted(path, e), e);
    }
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public long version() {
    return ONLY_VERSION;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public Dataset<Row> read(long version) {
    if (version != ONLY_VERSION) {
      throw new IllegalArgumentException("a Parquet folder has no version " + version);
    }
    return rows;
  }

  /** Another content is another table: nothing changes in this one. */
  @Override
  public boolean tellsChangesAfter(long version) {
    return version == ONLY_VERSION;
  }

  @Override
  public boolean hasRemovalsAfter(long version) {
    return false;
  }

  @Override
  public Dataset<Row> changesAfter(long version) {
    throw new IllegalArgumentException("a Parquet folder has no changes after " + version);
  }

  private static List<FileStatus> files(FileSystem system, Path folder) throws IOException {
    int prefix = folder.toUri().getPath().length();
    List<FileStatus> files = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
    while (all.hasNext()) {
      FileStatus file = all.next();
      String below = file.getPath().toUri().getPath().substring(prefix);
      if (Stream.of(below.split("/", -1)).noneMatch(ParquetFiles::isHidden)) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparing(FileStatus::getPath));
    return files;
  }

  /** A folder of a partition column may begin with an underscore. */
  private static boolean isHidden(String name) {
    return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
  }

  private static Dataset<Row> read(SparkSession spark, String path, List<FileStatus> files) {
    String[] paths = files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    return spark.read().option("basePath", path).option("mergeSchema", "true").parquet(paths);
  }

  private static String fingerprint(List<FileStatus> files) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (FileStatus file : files) {
        String line =
            "%s %d %d\n".formatted(file.getPath(), file.getLen(), file.getModificationTime());
        digest.update(line.getBytes(UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static FreshetException refusal(String path, String reason) {
    return new FreshetException(
        ErrorCategory.USER, "Cannot read the Parquet folder %s: %s".formatted(path, reason));
  }
}
