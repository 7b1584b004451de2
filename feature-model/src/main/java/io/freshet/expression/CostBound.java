package io.freshet.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A bound on what one evaluation of a checked expression can cost, in steps of the runtime:
 *
 * <ul>
 *   <li>every node of the syntax tree is 1, macros being written out;
 *   <li>a comprehension adds the cost of its condition and its step, and 1, once for each element
 *       that its range can have, {@link CelEnvironment#MAX_ITERATIONS} at most;
 *   <li>a regular expression adds {@link #REGEX}, and what builds or parses a text, a list or a
 *       time adds {@link #BUILDING}, for each column or literal that its operands can be made of.
 * </ul>
 *
 * <p>Both branches of a conditional and both sides of {@code &&} and {@code ||} count, so it bounds
 * every row's evaluation. A column or literal is taken as one whatever its length.
 */
final class CostBound {
  /** What a regular expression costs beside its node: it is compiled anew for each search. */
  static final long REGEX = 500;

  /** What a text, list or time that is built, searched or parsed costs beside its node. */
  static final long BUILDING = 10;

  /** Costs above it are not told apart; its square is a long. */
  static final long MOST = 1_000_000_000;

  private static final Set<CelType> TEXTS = Set.of(SimpleType.STRING, SimpleType.BYTES);
  private static final Set<CelType> SCALARS =
      Set.of(
          SimpleType.INT,
          SimpleType.UINT,
          SimpleType.DOUBLE,
          SimpleType.BOOL,
          SimpleType.TIMESTAMP,
          SimpleType.DURATION);
  private static final Set<String> BUILDERS =
      Set.of(
          "string",
          "bytes",
          "int",
          "uint",
          "double",
          "timestamp",
          "duration",
          "size",
          "contains",
          "startsWith",
          "endsWith",
          "@in");

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Bound> variables = new HashMap<>();

  private CostBound(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /** From 1 to a billion, which stands for more, too. */
  static long of(CelAbstractSyntaxTree tree) {
    return new CostBound(tree).bound(tree.getExpr()).cost;
  }

  private Bound bound(CelExpr node) {
    return switch (node.getKind()) {
      case IDENT -> variable(node.id(), node.ident().name());
      case SELECT ->
          tree.getReference(node.id()).isPresent()
              ? given(node.id())
              : part(node.id(), bound(node.select().operand()));
      case CALL -> call(node.id(), node.call());
      case LIST -> list(bounds(node.list().elements()));
      case MAP -> list(node.map().entries().stream().map(this::entry).toList());
      case STRUCT ->
          list(
              node.struct().entries().stream()
                  .map(CelExpr.CelStruct.Entry::value)
                  .map(this::bound)
                  .toList());
      case COMPREHENSION -> comprehension(node.comprehension());
      default -> Bound.ONE;
    };
  }

  private Bound variable(long id, String name) {
    Bound known = variables.get(name);
    if (known == null) {
      return given(id);
    }
    return TEXTS.contains(type(id)) ? new Bound(1, 1, known.element) : known;
  }

  /** What an expression is given; nobody knows how long its lists and maps are. */
  private Bound given(long id) {
    CelType type = type(id);
    boolean many = type instanceof ListType || type instanceof MapType;
    return many ? new Bound(1, CelEnvironment.MAX_ITERATIONS, 1) : Bound.ONE;
  }

  /** An element of a value; one that is a list itself can have as many elements as it is large. */
  private Bound part(long id, Bound whole) {
    return shaped(id, plus(1, whole.cost), whole.element);
  }

  private Bound shaped(long id, long cost, long size) {
    CelType type = type(id);
    if (SCALARS.contains(type)) {
      return new Bound(cost, 1, 1);
    }
    return new Bound(cost, TEXTS.contains(type) ? 1 : size, size);
  }

  private Bound entry(CelMap.Entry entry) {
    Bound key = bound(entry.key());
    Bound value = bound(entry.value());
    return new Bound(plus(key.cost, value.cost), 1, plus(key.size(), value.size()));
  }

  private static Bound list(List<Bound> elements) {
    long element = elements.stream().mapToLong(Bound::size).max().orElse(1);
    return new Bound(plus(1 + BUILDING, costs(elements)), elements.size(), element);
  }

  private Bound call(long id, CelCall call) {
    List<CelExpr> nodes = new ArrayList<>();
    call.target().ifPresent(nodes::add);
    nodes.addAll(call.args());
    List<Bound> operands = bounds(nodes);
    long size = Math.max(1, operands.stream().mapToLong(Bound::size).reduce(0, CostBound::plus));
    long cost = plus(1 + costs(operands), times(weight(id, call.function()), size));
    return switch (call.function()) {
      case "_?_:_" -> Bound.larger(cost, operands.get(1), operands.get(2));
      case "_[_]" -> shaped(id, cost, operands.get(0).element);
      case "_+_" ->
          type(id) instanceof ListType
              ? Bound.joined(cost, operands.get(0), operands.get(1))
              : shaped(id, cost, size);
      default -> shaped(id, cost, size);
    };
  }

  private long weight(long id, String function) {
    if (function.equals("matches")) {
      return REGEX;
    }
    boolean readsCalendar = function.startsWith("get");
    boolean concatenates = function.equals("_+_") && !SCALARS.contains(type(id));
    return BUILDERS.contains(function) || readsCalendar || concatenates ? BUILDING : 0;
  }

  /** The macros' accumulators are lists that grow by one element a step, or scalars. */
  private Bound comprehension(CelComprehension loop) {
    Bound range = bound(loop.iterRange());
    Bound start = bound(loop.accuInit());
    long iterations = Math.min(range.length, CelEnvironment.MAX_ITERATIONS);
    Map<String, Bound> outside = Map.copyOf(variables);
    variables.put(loop.iterVar(), new Bound(1, range.element, range.element));
    variables.put(loop.accuVar(), new Bound(1, 0, 1));
    Bound step = bound(loop.loopStep());
    long once = plus(1 + step.cost, bound(loop.loopCondition()).cost);
    long length = plus(start.length, times(step.length, iterations));
    variables.put(loop.accuVar(), new Bound(1, length, Math.max(start.element, step.element)));
    Bound result = bound(loop.result());
    variables.clear();
    variables.putAll(outside);
    long cost = plus(1 + range.cost + start.cost + result.cost, times(once, iterations));
    return new Bound(cost, result.length, result.element);
  }

  private List<Bound> bounds(List<CelExpr> nodes) {
    return nodes.stream().map(this::bound).toList();
  }

  private CelType type(long id) {
    return tree.getType(id).orElse(SimpleType.DYN);
  }

  private static long costs(List<Bound> bounds) {
    return bounds.stream().mapToLong(Bound::cost).reduce(0, CostBound::plus);
  }

  private static long plus(long left, long right) {
    return Math.min(left + right, MOST);
  }

  private static long times(long left, long right) {
    return Math.min(left * right, MOST);
  }

  /**
   * What is known of a value.
   *
   * @param cost the steps to it
   * @param length the most elements that it has as a list or map; 1 if it is neither
   * @param element of how many columns and literals one of them, or a text, can be made
   */
  private record Bound(long cost, long length, long element) {
    static final Bound ONE = new Bound(1, 1, 1);

    static Bound larger(long cost, Bound one, Bound other) {
      return new Bound(
          cost, Math.max(one.length, other.length), Math.max(one.element, other.element));
    }

    static Bound joined(long cost, Bound one, Bound other) {
      return new Bound(cost, plus(one.length, other.length), Math.max(one.element, other.element));
    }

    long size() {
      return times(length, element);
    }
  }
}
