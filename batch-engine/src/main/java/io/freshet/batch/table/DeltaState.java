package io.freshet.batch.table;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.functions;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** What a table's log says at one time. */
public record DeltaState(Snapshot snapshot) {
  /** What tells the table from another that takes its place. */
  public String id() {
    return snapshot.metadata().id();
  }

  public long version() {
    return snapshot.version();
  }

  /** The newest version that an application has committed under its name; empty if none. */
  public OptionalLong committed(String application) {
    Option<Object> version = snapshot.transactions().get(application);
    return version.isDefined() ? OptionalLong.of((Long) version.get()) : OptionalLong.empty();
  }

  /** How much its files hold. */
  public long bytes() {
    return snapshot.sizeInBytes();
  }

  /** The names under which applications have committed, of those that begin in one way. */
  public List<String> applications(String prefix) {
    return CollectionConverters.asJava(snapshot.transactions()).keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  /** How many files each partition has, in a table that is partitioned by a date. */
  public Map<LocalDate, Long> files(String partitionColumn) {
    Map<LocalDate, Long> files = new TreeMap<>();
    snapshot
        .allFiles()
        .toDF()
        .groupBy(functions.col("partitionValues").getItem(partitionColumn))
        .count()
        .collectAsList()
        .forEach(row -> files.put(LocalDate.parse(row.getString(0)), row.getLong(1)));
    return files;
  }
}
