package io.freshet.platform.registry;

import io.freshet.definition.Accepted;
import io.freshet.definition.Catalog;
import io.freshet.definition.DefinitionRule;
import io.freshet.definition.EventSource;
import io.freshet.definition.FeatureView;
import io.freshet.error.Violations;
import io.freshet.plan.BoundView;
import io.freshet.plan.TablePlan;
import io.freshet.platform.routing.Router;
import io.freshet.platform.routing.RoutingPolicy;
import io.freshet.platform.tables.TableRoots;
import org.springframework.stereotype.Component;

/** What this installation can read and keep, of what definitions ask for. */
@Component
class RegistrationRules implements DefinitionRule {
  private final TableRoots tables;
  private final RoutingPolicy policy;

  RegistrationRules(TableRoots tables, RoutingPolicy policy) {
    this.tables = tables;
    this.policy = policy;
  }

  @Override
  public void check(Accepted accepted, Catalog catalog, Violations faults) {
    if (accepted.definition() instanceof EventSource source) {
      checkTable(source, faults);
    } else if (accepted.definition() instanceof FeatureView view) {
      accepted.boundView().ifPresent(bound -> checkFreshness(view, bound, catalog, faults));
    }
  }

  private void checkTable(EventSource source, Violations faults) {
    TablePlan table = source.table();
    if (table != null) {
      tables.refusal(table).ifPresent(reason -> faults.add("spec.table.path", reason));
    }
  }

  private void checkFreshness(
      FeatureView view, BoundView bound, Catalog catalog, Violations faults) {
    catalog
        .source(bound.project(), bound.source())
        .flatMap(source -> Router.refusal(view.freshness(), source.plan(), policy))
        .ifPresent(fault -> faults.add(fault.path(), fault.message()));
  }
}
