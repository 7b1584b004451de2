package io.freshet.plan;

import java.util.Locale;
import java.util.Optional;

/** How a table that others write is kept. */
public enum TableFormat {
  /** A Delta table: its log says which files it has, and versions them. */
  DELTA,
  /** A folder of Parquet files: it has what is in it. */
  PARQUET;

  /** The name in definitions, and the one that Spark knows: {@code delta}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<TableFormat> ofWireName(String name) {
    for (TableFormat format : values()) {
      if (format.wireName().equals(name)) {
        return Optional.of(format);
      }
    }
    return Optional.empty();
  }
}
