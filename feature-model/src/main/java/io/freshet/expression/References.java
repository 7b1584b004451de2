package io.freshet.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names that an expression refers to, whether or not there is anything of that name: each an
 * identifier with all members that are selected from it, as {@code payments.last_at}. The variables
 * of a comprehension are none.
 */
public final class References {
  private final Set<String> found = new LinkedHashSet<>();

  private References() {}

  /** In the order of the text; empty if the text cannot be parsed. */
  public static Set<String> in(String text) {
    References references = new References();
    try {
      CelAbstractSyntaxTree tree = CelEnvironment.parse(text);
      references.visit(tree.getExpr(), Set.of());
    } catch (CelValidationException e) {
      return Set.of();
    }
    return references.found;
  }

  private void visit(CelExpr node, Set<String> bound) {
    switch (node.getKind()) {
      case IDENT, SELECT -> select(node, bound);
      case CALL -> {
        node.call().target().ifPresent(target -> visit(target, bound));
        visitAll(node.call().args(), bound);
      }
      case LIST -> visitAll(node.list().elements(), bound);
      case MAP ->
          node.map()
              .entries()
              .forEach(entry -> visitAll(List.of(entry.key(), entry.value()), bound));
      case STRUCT -> node.struct().entries().forEach(entry -> visit(entry.value(), bound));
      case COMPREHENSION -> comprehension(node.comprehension(), bound);
      default -> {}
    }
  }

  private void visitAll(List<CelExpr> nodes, Set<String> bound) {
    nodes.forEach(node -> visit(node, bound));
  }

  private void select(CelExpr node, Set<String> bound) {
    StringBuilder members = new StringBuilder();
    CelExpr inner = node;
    while (inner.getKind() == Kind.SELECT) {
      members.insert(0, "." + inner.select().field());
      inner = inner.select().operand();
    }
    if (inner.getKind() != Kind.IDENT) {
      visit(inner, bound);
    } else if (!bound.contains(inner.ident().name())) {
      found.add(inner.ident().name() + members);
    }
  }

  private void comprehension(CelComprehension loop, Set<String> bound) {
    visitAll(List.of(loop.iterRange(), loop.accuInit()), bound);
    Set<String> inside = new HashSet<>(bound);
    inside.addAll(List.of(loop.iterVar(), loop.iterVar2(), loop.accuVar()));
    visitAll(List.of(loop.loopCondition(), loop.loopStep(), loop.result()), inside);
  }
}
