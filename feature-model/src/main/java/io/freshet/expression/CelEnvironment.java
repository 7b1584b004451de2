package io.freshet.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.freshet.value.FeatureType;
import io.freshet.value.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CEL with its standard library over typed variables. The limits below bound what an expression may
 * cost to compile and to evaluate; CEL leaves the last three open by default.
 */
final class CelEnvironment {
  /** The longest text, in code points. */
  static final int MAX_LENGTH = 4000;

  /** The deepest nesting. */
  static final int MAX_NESTING = 32;

  /** The most nodes of the syntax tree, macros being written out. */
  static final int MAX_NODES = 1000;

  /** The most iterations of all comprehensions of one evaluation. */
  static final int MAX_ITERATIONS = 1000;

  /** The largest program that a regular expression may compile to. */
  static final int MAX_REGEX_PROGRAM = 1000;

  /** The most that one evaluation may cost by {@link CostBound}: some ten milliseconds. */
  static final long MAX_COST = 100_000;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .maxParseExpressionNodeCount(MAX_NODES)
          .comprehensionMaxIterations(MAX_ITERATIONS)
          .maxRegexProgramSize(MAX_REGEX_PROGRAM)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  /**
   * The runtime that walks the tree. In CEL 0.14 the one that plans ahead takes the error of an
   * {@code ||} or {@code &&} for a value, so that with a null b {@code (b || false) == true} would
   * be false and {@code !(b || false)} would fail, where both are null. Neither is faster.
   */
  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

  /** Understands texts without knowing any variable. */
  private static final CelCompiler PARSER = compilerBuilder().build();

  /** The most variables that a message names. */
  private static final int MOST_SHOWN = 50;

  private final String kind;
  private final List<Variable> variables;
  private final Map<String, Integer> index;
  private final CelCompiler compiler;

  private CelEnvironment(String kind, List<Variable> variables) {
    this.kind = kind;
    this.variables = variables;
    CelCompilerBuilder builder = compilerBuilder();
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < variables.size(); i++) {
      builder.addVar(variables.get(i).name(), celType(variables.get(i).type()));
      positions.put(variables.get(i).name(), i);
    }
    this.index = Map.copyOf(positions);
    this.compiler = builder.build();
  }

  /**
   * @param kind what messages call the variables
   */
  static CelEnvironment of(String kind, List<Variable> variables) {
    return new CelEnvironment(kind, variables);
  }

  /** Reads a text without judging its names and types. */
  static CelAbstractSyntaxTree parse(String text) throws CelValidationException {
    return PARSER.parse(text).getAst();
  }

  private static CelCompilerBuilder compilerBuilder() {
    return CelCompilerFactory.standardCelCompilerBuilder()
        .setOptions(OPTIONS)
        .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
  }

  /** By the fast path where there is one. */
  Expression compile(String text) {
    Checked checked = check(text);
    return FastPath.of(checked.tree, index)
        .<Expression>map(term -> new TermExpression(term, checked.type))
        .orElseGet(() -> plan(text, checked));
  }

  /** Without the fast path. */
  Expression compileWithCel(String text) {
    return plan(text, check(text));
  }

  private Checked check(String text) {
    CelAbstractSyntaxTree tree = tree(text);
    ValueType type =
        valueType(tree.getResultType())
            .orElseThrow(() -> refused(text, unusableType(tree.getResultType())));
    long cost = CostBound.of(tree);
    if (cost > MAX_COST) {
      throw refused(text, tooCostly(cost));
    }
    return new Checked(tree, type);
  }

  /** Typed, whatever it costs. */
  CelAbstractSyntaxTree tree(String text) {
    try {
      return compiler.compile(text).getAst();
    } catch (CelValidationException e) {
      throw refused(
          text,
          e.getErrors().stream().map(CelEnvironment::reason).collect(Collectors.joining("; ")));
    }
  }

  private Expression plan(String text, Checked checked) {
    try {
      return new CelExpression(text, checked.type, index, RUNTIME.createProgram(checked.tree));
    } catch (CelEvaluationException e) {
      throw refused(text, String.valueOf(e.getMessage()));
    }
  }

  private InvalidExpressionException refused(String text, String reason) {
    String known =
        variables.stream()
            .limit(MOST_SHOWN)
            .map(variable -> variable.name() + " " + variable.type().wireName())
            .collect(Collectors.joining(", "));
    int more = variables.size() - MOST_SHOWN;
    return new InvalidExpressionException(
        "Cannot compile \"%s\": %s (%s: %s%s)"
            .formatted(
                abbreviated(text), reason, kind, known, more > 0 ? " and " + more + " more" : ""));
  }

  private static String reason(CelIssue issue) {
    String message = issue.getMessage().replace(" (in container '')", "");
    int candidates = message.indexOf(" (candidates:");
    if (candidates >= 0) {
      message =
          message.substring(0, candidates)
              + ", convert an operand with int(x), double(x) or string(x)";
    }
    CelSourceLocation place = issue.getSourceLocation();
    return place.getLine() < 1
        ? message
        : "at " + place.getLine() + ":" + (place.getColumn() + 1) + " " + message;
  }

  private static String unusableType(CelType type) {
    return "its type is "
        + type.name()
        + ", it must be int, double, string, bool or timestamp, convert it";
  }

  private static String tooCostly(long cost) {
    return "one evaluation may cost %s%d steps, the most is %d, iterate over shorter lists or build shorter texts"
        .formatted(cost >= CostBound.MOST ? "more than " : "", cost, MAX_COST);
  }

  private static String abbreviated(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  private static CelType celType(FeatureType type) {
    return switch (type.shape()) {
      case SCALAR -> celType(type.element());
      case LIST -> ListType.create(celType(type.element()));
      case COUNTS -> MapType.create(SimpleType.STRING, SimpleType.INT);
    };
  }

  private static CelType celType(ValueType type) {
    return switch (type) {
      case INT64 -> SimpleType.INT;
      case FLOAT64 -> SimpleType.DOUBLE;
      case STRING -> SimpleType.STRING;
      case BOOLEAN -> SimpleType.BOOL;
      case TIMESTAMP -> SimpleType.TIMESTAMP;
    };
  }

  private static Optional<ValueType> valueType(CelType type) {
    return List.of(ValueType.values()).stream()
        .filter(candidate -> celType(candidate).equals(type))
        .findFirst();
  }

  /** A text that CEL understands and that is within the limits. */
  private record Checked(CelAbstractSyntaxTree tree, ValueType type) {}
}
