package io.freshet.definition;

import io.freshet.error.Violations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The members of one object of a document. Each method that reads one answers null (or nothing)
 * where it is absent or wrong, and has then reported why. A member that no method asked for is
 * unknown, which {@link #close} reports.
 */
final class Fields implements AutoCloseable {
  /** A text of a list, with its path. */
  record Item(String path, String text) {}

  private enum Need {
    REQUIRED,
    OPTIONAL
  }

  private final @Nullable JsonNode object;
  private final String path;
  private final Violations faults;
  private final Set<String> known = new LinkedHashSet<>();

  private Fields(@Nullable JsonNode object, String path, Violations faults) {
    this.object = object;
    this.path = path;
    this.faults = faults;
  }

  static Fields of(Document document, Violations faults) {
    return new Fields(document.root(), "", faults);
  }

  /** The path of a member. */
  String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  String path() {
    return path;
  }

  /** Whether the member is absent or null. */
  boolean lacks(String field) {
    return object == null || object.path(field).isMissingNode() || object.path(field).isNull();
  }

  @Nullable String text(String field) {
    return textOf(find(field, Need.REQUIRED), at(field));
  }

  @Nullable String optionalText(String field) {
    return textOf(find(field, Need.OPTIONAL), at(field));
  }

  /** A required text that must follow a rule of {@link Names}. */
  @Nullable String name(String field, Function<String, Optional<String>> fault) {
    return checked(text(field), field, fault);
  }

  @Nullable String optionalName(String field, Function<String, Optional<String>> fault) {
    return checked(optionalText(field), field, fault);
  }

  private @Nullable String checked(
      @Nullable String name, String field, Function<String, Optional<String>> fault) {
    if (name == null) {
      return null;
    }
    Optional<String> reason = fault.apply(name);
    reason.ifPresent(message -> faults.add(at(field), message));
    return reason.isPresent() ? null : name;
  }

  @Nullable Duration duration(String field) {
    return durationOf(find(field, Need.REQUIRED), at(field));
  }

  @Nullable Duration optionalDuration(String field) {
    return durationOf(find(field, Need.OPTIONAL), at(field));
  }

  Duration optionalDuration(String field, Duration otherwise) {
    Duration duration = optionalDuration(field);
    return duration == null ? otherwise : duration;
  }

  <T> @Nullable T choice(String field, Function<String, Optional<T>> parse, List<String> names) {
    return choiceOf(text(field), at(field), parse, names);
  }

  <T> @Nullable T optionalChoice(
      String field, Function<String, Optional<T>> parse, List<String> names) {
    return choiceOf(optionalText(field), at(field), parse, names);
  }

  /** A whole number within bounds; another one where it is absent, null where it is wrong. */
  @Nullable Integer optionalInteger(String field, int otherwise, int least, int most) {
    return lacks(field) ? absent(field, otherwise) : optionalInteger(field, least, most);
  }

  /** A whole number within bounds. */
  @Nullable Integer optionalInteger(String field, int least, int most) {
    JsonNode node = find(field, Need.OPTIONAL);
    if (node == null) {
      return null;
    }
    if (!node.isIntegralNumber()) {
      wrongType(at(field), "a whole number", node);
      return null;
    }
    if (!node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
      faults.add(
          at(field), "Cannot use " + node + ": write a number from " + least + " to " + most);
      return null;
    }
    return node.intValue();
  }

  /** A required list of at least one number within bounds. */
  List<Double> numbers(String field, double least, double most) {
    List<Double> numbers = new ArrayList<>();
    elements(field)
        .forEach(
            (at, node) -> {
              if (!node.isNumber()) {
                wrongType(at, "a number", node);
              } else if (!(node.doubleValue() >= least && node.doubleValue() <= most)) {
                faults.add(
                    at, "Cannot use " + node + ": write a number from " + least + " to " + most);
              } else {
                numbers.add(node.doubleValue());
              }
            });
    return numbers;
  }

  /** False where it is absent. */
  boolean flag(String field) {
    JsonNode node = find(field, Need.OPTIONAL);
    if (node != null && !node.isBoolean()) {
      wrongType(at(field), "true or false", node);
    }
    return node != null && node.isBoolean() && node.booleanValue();
  }

  Fields object(String field) {
    return objectOf(find(field, Need.REQUIRED), at(field));
  }

  Fields optionalObject(String field) {
    return objectOf(find(field, Need.OPTIONAL), at(field));
  }

  /** A required list of at least one object. */
  List<Fields> objects(String field) {
    List<Fields> objects = new ArrayList<>();
    elements(field).forEach((at, node) -> objects.add(objectOf(node, at)));
    return objects;
  }

  /** An optional list of objects. */
  List<Fields> optionalObjects(String field) {
    known.add(field);
    return lacks(field) ? List.of() : objects(field);
  }

  /** A required list of at least one text. */
  List<Item> texts(String field) {
    List<Item> texts = new ArrayList<>();
    elements(field)
        .forEach(
            (at, node) -> {
              String text = textOf(node, at);
              if (text != null) {
                texts.add(new Item(at, text));
              }
            });
    return texts;
  }

  /** An optional list of different names of a choice. */
  <T> List<T> optionalChoices(
      String field, Function<String, Optional<T>> parse, List<String> names) {
    List<T> chosen = new ArrayList<>();
    for (Item item : lacks(field) ? noneOf(field) : texts(field)) {
      T choice = choiceOf(item.text(), item.path(), parse, names);
      if (choice != null && chosen.contains(choice)) {
        faults.add(item.path(), "Cannot use \"" + item.text() + "\" twice: leave one out");
      } else if (choice != null) {
        chosen.add(choice);
      }
    }
    return chosen;
  }

  /** A required value of any type, as JSON text; a text is taken for that. */
  @Nullable Item json(String field) {
    JsonNode node = find(field, Need.REQUIRED);
    return node == null ? null : jsonOf(at(field), node);
  }

  /** An optional list of such values. */
  List<Item> optionalJsonList(String field) {
    return lacks(field)
        ? noneOf(field)
        : elements(field).entrySet().stream().map(e -> jsonOf(e.getKey(), e.getValue())).toList();
  }

  /** An optional object whose members are all texts. */
  Map<String, String> textMap(String field) {
    Fields members = optionalObject(field);
    Map<String, String> texts = new LinkedHashMap<>();
    if (members.object != null) {
      for (String name : members.object.propertyNames()) {
        String text = members.text(name);
        if (text != null) {
          texts.put(name, text);
        }
      }
    }
    return texts;
  }

  /** Reports the members that nobody asked for. */
  @Override
  public void close() {
    if (object == null) {
      return;
    }
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        faults.add(
            at(name),
            "Cannot use the unknown field \""
                + name
                + "\""
                + Names.suggestion(name, known)
                + " (known: "
                + String.join(", ", known)
                + ")");
      }
    }
  }

  private @Nullable JsonNode find(String field, Need need) {
    known.add(field);
    if (object == null) {
      return null;
    }
    JsonNode node = object.get(field);
    boolean absent = node == null || node.isNull();
    if (absent && need == Need.REQUIRED) {
      faults.add(at(field), "Cannot do without \"" + field + "\": it is missing, write it");
    }
    return absent ? null : node;
  }

  private List<Item> noneOf(String field) {
    return absent(field, List.of());
  }

  private <T> T absent(String field, T otherwise) {
    known.add(field);
    return otherwise;
  }

  private static Item jsonOf(String at, JsonNode node) {
    return new Item(at, node.isString() ? node.stringValue() : node.toString());
  }

  private Map<String, JsonNode> elements(String field) {
    Map<String, JsonNode> elements = new LinkedHashMap<>();
    JsonNode list = find(field, Need.REQUIRED);
    if (list == null) {
      return elements;
    }
    if (!list.isArray()) {
      wrongType(at(field), "a list", list);
    } else if (list.isEmpty()) {
      faults.add(at(field), "Cannot use the empty list: write one element at least");
    }
    for (int i = 0; list.isArray() && i < list.size(); i++) {
      elements.put(at(field) + "[" + i + "]", list.get(i));
    }
    return elements;
  }

  private Fields objectOf(@Nullable JsonNode node, String at) {
    if (node != null && !node.isObject()) {
      wrongType(at, "an object", node);
      return new Fields(null, at, faults);
    }
    return new Fields(node, at, faults);
  }

  private @Nullable String textOf(@Nullable JsonNode node, String at) {
    if (node == null) {
      return null;
    }
    if (!node.isString()) {
      wrongType(at, node.isContainer() ? "text" : "text in quotes", node);
      return null;
    }
    if (node.stringValue().isBlank()) {
      faults.add(at, "Cannot use the empty text: write one or leave the field out");
      return null;
    }
    return node.stringValue();
  }

  private @Nullable Duration durationOf(@Nullable JsonNode node, String at) {
    if (node == null) {
      return null;
    }
    Optional<Duration> duration =
        node.isString() ? Durations.parse(node.stringValue()) : Optional.empty();
    if (duration.isEmpty()) {
      faults.add(
          at, "Cannot use the duration " + node + ": write one such as 10s, 5m, 1h30m or 7d");
      return null;
    }
    if (duration.get().compareTo(Durations.LONGEST) > 0) {
      faults.add(
          at,
          "Cannot use the duration "
              + node
              + ": the longest is "
              + Durations.format(Durations.LONGEST));
      return null;
    }
    return duration.get();
  }

  private <T> @Nullable T choiceOf(
      @Nullable String text, String at, Function<String, Optional<T>> parse, List<String> names) {
    if (text == null) {
      return null;
    }
    Optional<T> chosen = parse.apply(text);
    if (chosen.isEmpty()) {
      faults.add(
          at,
          "Cannot use \""
              + text
              + "\": unknown, choose one of "
              + String.join(", ", names)
              + Names.suggestion(text, names));
    }
    return chosen.orElse(null);
  }

  private void wrongType(String at, String wanted, JsonNode node) {
    String shown = node.toString();
    faults.add(
        at,
        "Cannot use "
            + (shown.length() > 80 ? shown.substring(0, 80) + "…" : shown)
            + ": it must be "
            + wanted);
  }
}
