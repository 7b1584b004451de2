package io.freshet.benchmark.lab;

import java.util.List;

/** A table of text, as the reference pages have them. */
public final class MarkdownTable {
  private final StringBuilder text = new StringBuilder();

  private MarkdownTable() {}

  /** A table whose first column is left-aligned and whose others are right-aligned. */
  public static MarkdownTable of(String... columns) {
    MarkdownTable table = new MarkdownTable();
    table.row(columns);
    table.text.append("|---|").append("--:|".repeat(columns.length - 1)).append('\n');
    return table;
  }

  public void row(String... cells) {
    text.append("| ").append(String.join(" | ", List.of(cells))).append(" |\n");
  }

  public String text() {
    return text.toString();
  }
}
