package io.freshet.platform.tables;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folders of the setting {@code freshet.batch.table-roots}, with all that is in them. Links are
 * followed each time. Thread-safe.
 */
public final class RootedPlaces implements TablePlaces {
  private final List<TableLocation> roots;

  private RootedPlaces(List<TableLocation> roots) {
    this.roots = List.copyOf(roots);
  }

  /**
   * @param roots paths of this machine, or URIs; what is neither holds nothing
   */
  public static RootedPlaces of(List<String> roots) {
    return new RootedPlaces(roots.stream().flatMap(root -> located(root).stream()).toList());
  }

  @Override
  public Optional<String> confined(String path) {
    return TableLocation.of(path)
        .flatMap(RootedPlaces::withoutLinks)
        .filter(
            found ->
                roots.stream()
                    .flatMap(root -> withoutLinks(root).stream())
                    .anyMatch(root -> root.holds(found)))
        .map(TableLocation::uri);
  }

  @Override
  public String described() {
    return roots.isEmpty()
        ? "nowhere: freshet.batch.table-roots names no folder"
        : roots.stream().map(TableLocation::uri).collect(Collectors.joining(", "))
            + " (freshet.batch.table-roots)";
  }

  private static Optional<TableLocation> located(String root) {
    return root.contains(":/")
        ? TableLocation.of(root)
        : Optional.of(TableLocation.of(Path.of(root).toAbsolutePath().normalize()));
  }

  private static Optional<TableLocation> withoutLinks(TableLocation location) {
    try {
      return Optional.of(location.withoutLinks());
    } catch (IOException | InvalidPathException leadsNowhere) {
      return Optional.empty();
    }
  }
}
