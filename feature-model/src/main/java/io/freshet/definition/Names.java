package io.freshet.definition;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rules of names, and the known name that a wrong one was probably meant to be. */
final class Names {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern COLUMN = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
  private static final Pattern PATH =
      Pattern.compile("[^.\\p{Cntrl}]{1,100}(?:\\.[^.\\p{Cntrl}]{1,100}){0,15}");
  private static final Pattern TABLE_PATH =
      Pattern.compile("(?:[a-z][a-z0-9+.-]*:(?://[^/]*)?)?(?:/[^/]+)+/?");

  /** Patterns to one reader are names to another, and so are escapes. */
  private static final Pattern AMBIGUOUS_IN_PATH = Pattern.compile("[\\p{Cntrl}\\\\*?\\[\\]{}%#]");

  private static final int LONGEST_PATH = 1000;
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** CEL's words: a column by such a name could not be used in an expression. */
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Names() {}

  /** Why a definition or feature cannot be called so. */
  static Optional<String> faultOfName(String name) {
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "Cannot use the name \""
                + name
                + "\": a name is lower-case letters, digits and underscores, starts with a letter"
                + " and has 63 characters at most");
  }

  /** Why a column cannot be called so. */
  static Optional<String> faultOfColumn(String name) {
    if (!COLUMN.matcher(name).matches()) {
      return Optional.of(
          "Cannot use the column name \""
              + name
              + "\": a column's name is letters, digits and underscores, starts with a letter and"
              + " has 63 characters at most");
    }
    if (RESERVED.contains(name)) {
      return Optional.of(
          "Cannot use the column name \"" + name + "\": it is a word of CEL, choose another");
    }
    return Optional.empty();
  }

  /** Why a column cannot be read there. */
  static Optional<String> faultOfPath(String path) {
    return PATH.matcher(path).matches()
        ? Optional.empty()
        : Optional.of(
            "Cannot read a column at \""
                + path
                + "\": a path is the names of up to 16 nested fields with dots between them, none"
                + " of them empty or longer than 100 characters");
  }

  /** Why a Kafka topic cannot be called so. */
  static Optional<String> faultOfTopic(String topic) {
    return TOPIC.matcher(topic).matches() && !topic.equals(".") && !topic.equals("..")
        ? Optional.empty()
        : Optional.of(
            "Cannot use the topic \""
                + topic
                + "\": a topic's name is letters, digits, dots, underscores and hyphens, 249 at"
                + " most");
  }

  /** Why a table cannot be at a path. */
  static Optional<String> faultOfTablePath(String path) {
    boolean usable =
        path.length() <= LONGEST_PATH
            && !AMBIGUOUS_IN_PATH.matcher(path).find()
            && TABLE_PATH.matcher(path).matches()
            && Stream.of(path.split("/", -1)).noneMatch(Set.of(".", "..")::contains);
    return usable
        ? Optional.empty()
        : Optional.of(
            "Cannot find a table at \""
                + path
                + "\": write an absolute path such as /data/flights or a URI such as"
                + " s3a://bucket/flights, of 1000 characters at most, without empty, . or .. parts"
                + " and without any of \\ * ? [ ] { } % #");
  }

  /** {@code ", did you mean \"window\"?"} where a known name is close, else nothing. */
  static String suggestion(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= mostTypos(candidate))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)))
        .map(candidate -> ", did you mean \"" + candidate + "\"?")
        .orElse("");
  }

  private static int mostTypos(String known) {
    return known.length() <= 3 ? 1 : Math.max(2, known.length() / 3);
  }

  /** Levenshtein's, upper and lower case being the same. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
