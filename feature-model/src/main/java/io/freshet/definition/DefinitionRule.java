package io.freshet.definition;

import io.freshet.error.Violations;

/** What an installation asks of definitions beyond what makes them valid. Thread-safe. */
@FunctionalInterface
public interface DefinitionRule {
  /** The rule that every definition keeps. */
  DefinitionRule NONE = (accepted, catalog, faults) -> {};

  /**
   * Reports how a definition breaks the rule.
   *
   * @param accepted without a fault of its own
   * @param catalog what it refers to
   */
  void check(Accepted accepted, Catalog catalog, Violations faults);
}
