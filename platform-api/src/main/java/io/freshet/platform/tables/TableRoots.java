package io.freshet.platform.tables;

import io.freshet.error.ErrorCategory;
import io.freshet.error.FreshetException;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.TablePlan;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The folders whose tables sources may read, with all that is in them: the setting {@code
 * freshet.batch.table-roots}. What counts on this machine is where a path leads, so links are
 * followed each time. Thread-safe.
 */
public final class TableRoots {
  private static final String SETTING = "freshet.batch.table-roots";

  private final List<TableLocation> roots;

  private TableRoots(List<TableLocation> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * @param roots paths of this machine, or URIs
   * @throws FreshetException if one is neither
   */
  public static TableRoots of(List<String> roots) {
    return new TableRoots(roots.stream().map(TableRoots::root).toList());
  }

  /** Why sources may not read a table; empty if they may. */
  public Optional<String> refusal(TablePlan table) {
    return confined(table).isPresent() ? Optional.empty() : Optional.of(message(table));
  }

  /**
   * The source with the table where it was found to be, so that what was checked is what is read. A
   * source without a table is left as it is.
   *
   * @throws FreshetException if sources may not read its table
   */
  public SourcePlan confined(SourcePlan source) {
    TablePlan table = source.table();
    return table == null
        ? source
        : confined(table)
            .map(found -> source.over(new TablePlan(table.format(), found.uri())))
            .orElseThrow(() -> new FreshetException(ErrorCategory.USER, message(table)));
  }

  private Optional<TableLocation> confined(TablePlan table) {
    return TableLocation.of(table.path())
        .flatMap(TableRoots::withoutLinks)
        .filter(
            found ->
                roots.stream()
                    .flatMap(r -> withoutLinks(r).stream())
                    .anyMatch(r -> r.holds(found)));
  }

  private String message(TablePlan table) {
    return roots.isEmpty()
        ? "Cannot read the table at %s: sources may read no tables here, have its folder added to %s"
            .formatted(table.path(), SETTING)
        : "Cannot read the table at %s: sources may read tables in %s only, and links are followed; move it there or have its folder added to %s"
            .formatted(
                table.path(),
                String.join(", ", roots.stream().map(TableLocation::uri).toList()),
                SETTING);
  }

  private static Optional<TableLocation> withoutLinks(TableLocation location) {
    try {
      return Optional.of(location.withoutLinks());
    } catch (IOException | InvalidPathException leadsNowhere) {
      return Optional.empty();
    }
  }

  private static TableLocation root(String text) {
    if (!text.contains(":/")) {
      return TableLocation.of(Path.of(text).toAbsolutePath().normalize());
    }
    return TableLocation.of(text)
        .orElseThrow(
            () ->
                new FreshetException(
                    ErrorCategory.USER,
                    "Cannot use \"%s\" in %s: write a path or a URI without . or .. parts"
                        .formatted(text, SETTING)));
  }
}
