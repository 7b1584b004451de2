package io.freshet.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fast path of an expression that CEL has checked: columns and literals, compared by
 * {@code == != < <= > >=} and joined by {@code ! && || ?:}. So typing, limits and messages are
 * CEL's, whichever path an expression takes.
 */
final class FastPath {
  private static final Set<CelType> COMPARABLE =
      Set.of(
          SimpleType.INT,
          SimpleType.DOUBLE,
          SimpleType.STRING,
          SimpleType.BOOL,
          SimpleType.TIMESTAMP);
  private static final Set<CelType> NUMBERS = Set.of(SimpleType.INT, SimpleType.DOUBLE);

  private final CelAbstractSyntaxTree tree;
  private final Map<String, Integer> columns;

  private FastPath(CelAbstractSyntaxTree tree, Map<String, Integer> columns) {
    this.tree = tree;
    this.columns = columns;
  }

  /**
   * @param columns the index of each by its name
   * @return empty if the expression needs CEL
   */
  static Optional<Term> of(CelAbstractSyntaxTree tree, Map<String, Integer> columns) {
    return Optional.ofNullable(new FastPath(tree, columns).term(tree.getExpr()));
  }

  private @Nullable Term term(CelExpr node) {
    return switch (node.getKind()) {
      case CONSTANT -> literal(node.constant());
      case IDENT, SELECT -> column(node);
      case CALL -> call(node.call());
      default -> null;
    };
  }

  private @Nullable Term literal(CelConstant constant) {
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> new Term.Literal(constant.booleanValue());
      case INT64_VALUE -> new Term.Literal(constant.int64Value());
      case DOUBLE_VALUE -> new Term.Literal(constant.doubleValue());
      case STRING_VALUE -> new Term.Literal(constant.stringValue());
      default -> null;
    };
  }

  private @Nullable Term column(CelExpr node) {
    Integer column =
        tree.getReference(node.id()).map(CelReference::name).map(columns::get).orElse(null);
    return column == null ? null : new Term.ColumnValue(column);
  }

  private @Nullable Term call(CelExpr.CelCall call) {
    List<CelExpr> operands = call.args();
    return switch (call.function()) {
      case "!_" -> {
        Term operand = term(operands.get(0));
        yield operand == null ? null : new Term.Negation(operand);
      }
      case "_&&_" -> junction(false, operands);
      case "_||_" -> junction(true, operands);
      case "_?_:_" -> choice(operands);
      default ->
          Relation.ofFunction(call.function())
              .map(relation -> comparison(relation, operands))
              .orElse(null);
    };
  }

  private @Nullable Term junction(Boolean decisive, List<CelExpr> operands) {
    Term left = term(operands.get(0));
    Term right = term(operands.get(1));
    return (left == null || right == null) ? null : new Term.Junction(decisive, left, right);
  }

  private @Nullable Term choice(List<CelExpr> operands) {
    Term condition = term(operands.get(0));
    Term then = term(operands.get(1));
    Term otherwise = term(operands.get(2));
    return (condition == null || then == null || otherwise == null)
        ? null
        : new Term.Choice(condition, then, otherwise);
  }

  private @Nullable Term comparison(Relation relation, List<CelExpr> operands) {
    CelType leftType = tree.getTypeOrThrow(operands.get(0).id());
    CelType rightType = tree.getTypeOrThrow(operands.get(1).id());
    boolean sameType = leftType.equals(rightType) && COMPARABLE.contains(leftType);
    boolean twoNumbers = NUMBERS.contains(leftType) && NUMBERS.contains(rightType);
    if (!sameType && (relation.isEquality() || !twoNumbers)) {
      return null;
    }
    Term left = term(operands.get(0));
    Term right = term(operands.get(1));
    return (left == null || right == null) ? null : new Term.Comparison(relation, left, right);
  }
}
