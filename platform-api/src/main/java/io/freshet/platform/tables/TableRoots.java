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
 * The folders in which tables of users may be read and written, with all that is in them: the
 * setting {@code freshet.batch.table-roots}. What counts on this machine is where a path leads, so
 * links are followed each time. Thread-safe.
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
    return located(table.path()).isPresent() ? Optional.empty() : Optional.of(message(table));
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
        : located(table.path())
            .map(found -> source.over(new TablePlan(table.format(), found.uri())))
            .orElseThrow(() -> new FreshetException(ErrorCategory.USER, message(table)));
  }

  /**
   * The place of a table as it is to be used, a URI in which links are followed: what was checked.
   *
   * @param path an absolute path of this machine, or a URI; nothing has to be there
   * @return empty if it is neither, or outside of all roots
   */
  public Optional<String> confined(String path) {
    return located(path).map(TableLocation::uri);
  }

  /** Where tables may be, for the one who named another place. */
  public String described() {
    return roots.isEmpty()
        ? "nowhere: %s names no folder".formatted(SETTING)
        : "%s (%s)".formatted(names(), SETTING);
  }

  private Optional<TableLocation> located(String path) {
    return TableLocation.of(path)
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
            .formatted(table.path(), names(), SETTING);
  }

  private String names() {
    return String.join(", ", roots.stream().map(TableLocation::uri).toList());
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
