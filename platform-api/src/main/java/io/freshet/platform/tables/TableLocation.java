package io.freshet.platform.tables;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder, on this machine or elsewhere. What a name in it means is not guessed: nothing is
 * unescaped, and no part is {@code .} or {@code ..}.
 *
 * @param scheme in lower case; {@code file} is this machine
 * @param authority of the URI; empty if it has none
 * @param parts the names from the root on
 */
record TableLocation(String scheme, String authority, List<String> parts) {
  private static final String LOCAL = "file";
  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<scheme>[a-z][a-z0-9+.-]*):(?://(?<authority>[^/]*))?)?(?<path>(?:/[^/]+)*)/?");

  TableLocation {
    parts = List.copyOf(parts);
  }

  /** Empty if the text is no absolute path and no URI, or has parts that could lead elsewhere. */
  static Optional<TableLocation> of(String text) {
    Matcher form = FORM.matcher(text);
    if (text.isEmpty() || !form.matches()) {
      return Optional.empty();
    }
    List<String> parts = partsOf(requireNonNullElse(form.group("path"), ""));
    return parts.stream().anyMatch(Set.of(".", "..")::contains)
        ? Optional.empty()
        : Optional.of(
            new TableLocation(
                requireNonNullElse(form.group("scheme"), LOCAL),
                requireNonNullElse(form.group("authority"), ""),
                parts));
  }

  static TableLocation of(Path absolute) {
    return new TableLocation(LOCAL, "", partsOf(absolute.toString()));
  }

  /** Whether another location is this one or in it. */
  boolean holds(TableLocation other) {
    return scheme.equals(other.scheme)
        && authority.equals(other.authority)
        && other.parts.size() >= parts.size()
        && other.parts.subList(0, parts.size()).equals(parts);
  }

  /**
   * The same folder by a path without links, if it is on this machine; what is not there yet is
   * taken as it is written.
   *
   * @throws IOException if a link leads nowhere, or a folder may not be looked into
   */
  TableLocation withoutLinks() throws IOException {
    if (!scheme.equals(LOCAL) || !authority.isEmpty()) {
      return this;
    }
    Path path = Path.of(path());
    Path there = path;
    while (!Files.exists(there, NOFOLLOW_LINKS) && there.getParent() != null) {
      there = there.getParent();
    }
    return of(there.toRealPath().resolve(there.relativize(path)));
  }

  /** The location as a URI that every reader understands alike, nothing escaped. */
  String uri() {
    return scheme + "://" + authority + path();
  }

  private String path() {
    return "/" + String.join("/", parts);
  }

  private static List<String> partsOf(String path) {
    return Stream.of(path.split("/", -1)).filter(part -> !part.isEmpty()).toList();
  }
}
