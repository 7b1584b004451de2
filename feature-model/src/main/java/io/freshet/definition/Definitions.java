package io.freshet.definition;

import io.freshet.error.InvalidInputException;
import io.freshet.error.Violation;
import io.freshet.error.Violations;
import io.freshet.plan.BoundView;
import io.freshet.plan.OnDemandPlan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * From the text of definitions to what is known to be valid: {@link #read} takes a text apart into
 * documents, {@link #accept} reads one document and binds it to what it refers to. Every fault is
 * reported at once, with its field path.
 */
public final class Definitions {
  /** The version that every document must name in {@code apiVersion}. */
  public static final String API_VERSION = "freshet.io/v1";

  private static final JsonMapper JSON = new JsonMapper();

  private Definitions() {}

  /**
   * Takes a text apart into its documents, without judging them.
   *
   * @param text YAML with one or many documents, or one JSON object
   * @throws InvalidInputException if it is not YAML or JSON, with line and column, or if a document
   *     is not an object, or there is none
   */
  public static List<Document> read(String text) {
    return DocumentParser.parse(text);
  }

  /**
   * Reads a document and binds it to the definitions that it refers to.
   *
   * @throws InvalidInputException with every fault of the document and of its references
   */
  public static Accepted accept(Document document, Catalog catalog) {
    Violations faults = new Violations();
    Draft draft = Draft.read(document, faults);
    draft.bind(catalog, faults);
    faults.throwIfAny(document.subject());
    return draft.accepted();
  }

  /**
   * Reads and binds the documents of one text, which may refer to each other in any order; what
   * they declare hides what the catalog has by the same name.
   *
   * @return what was accepted in an order in which each follows what it refers to
   * @throws InvalidInputException with every fault of every document; where there are several, the
   *     paths start with {@code documents[i].}
   */
  public static List<Accepted> acceptAll(List<Document> documents, Catalog catalog) {
    return acceptAll(documents, catalog, DefinitionRule.NONE);
  }

  /** The same, where definitions must keep a rule too. */
  public static List<Accepted> acceptAll(
      List<Document> documents, Catalog catalog, DefinitionRule rule) {
    DeclaredFirst declared = new DeclaredFirst(catalog);
    Violations faults = new Violations();
    List<Accepted> accepted = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int index : inOrderOfReference(documents)) {
      Document document = documents.get(index);
      String prefix = documents.size() == 1 ? "" : "documents[" + index + "].";
      Integer earlier = seen.putIfAbsent(document.subject(), index);
      if (earlier != null && document.name().isPresent()) {
        faults.add(
            prefix + "metadata.name",
            "Cannot declare " + document.subject() + " twice: documents[" + earlier + "] does");
      }
      try {
        Accepted one = accept(document, declared);
        declared.declare(one);
        accepted.add(one);
        keep(rule, one, declared, document.subject());
      } catch (InvalidInputException e) {
        for (Violation violation : e.violations()) {
          faults.add(prefix + violation.path(), violation.message());
        }
      }
    }
    faults.throwIfAny(
        documents.size() == 1 ? documents.get(0).subject() : documents.size() + " documents");
    return List.copyOf(accepted);
  }

  /**
   * Binds an on-demand view to the views that it reads as they are now.
   *
   * @param views the plan of the feature view of a name
   * @throws InvalidInputException with everything in it that does not fit them
   */
  public static OnDemandPlan bind(
      OnDemandFeatureView view, Function<String, Optional<BoundView>> views) {
    Violations faults = new Violations();
    OnDemandBinder binder = new OnDemandBinder(OnDemandDraft.of(view), faults);
    binder.bind(views, name -> false);
    faults.throwIfAny("on-demand feature view " + view.metadata().name());
    return binder.plan();
  }

  /**
   * Reads a document alone, for definitions that were accepted before.
   *
   * @throws InvalidInputException with every fault of the document itself
   */
  public static Definition unbound(Document document) {
    Violations faults = new Violations();
    Draft draft = Draft.read(document, faults);
    faults.throwIfAny(document.subject());
    return draft.accepted().definition();
  }

  /**
   * A definition as a JSON document of the form that {@link #read} takes. Defaults are written out
   * and members have one order, so that two definitions say the same if their texts are equal.
   */
  public static String toJson(Definition definition) {
    return JSON.writeValueAsString(DefinitionJson.of(definition));
  }

  private static void keep(
      DefinitionRule rule, Accepted accepted, Catalog catalog, String subject) {
    Violations faults = new Violations();
    rule.check(accepted, catalog, faults);
    faults.throwIfAny(subject);
  }

  private static List<Integer> inOrderOfReference(List<Document> documents) {
    Comparator<Integer> byKind =
        Comparator.comparing(
            index -> documents.get(index).kind().map(Kind::ordinal).orElse(Integer.MAX_VALUE));
    return IntStream.range(0, documents.size()).boxed().sorted(byKind).toList();
  }
}
