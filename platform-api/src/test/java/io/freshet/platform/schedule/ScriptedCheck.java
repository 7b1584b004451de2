package io.freshet.platform.schedule;

import io.freshet.plan.ConsistencyPlan;
import io.freshet.plan.ConsistencyResult;
import io.freshet.plan.ConsistencyResult.Example;
import io.freshet.plan.ConsistencyResult.Finding;
import io.freshet.plan.ConsistencyResult.Mismatched;
import io.freshet.plan.ConsistencyResult.RowVersion;
import io.freshet.plan.ConsistencyResult.Skip;
import io.freshet.plan.ConsistencyResult.ViewResult;
import java.util.List;
import java.util.Map;

/** What a scripted check finds: of nine keys of a view one is wrong, of two it cannot be said. */
final class ScriptedCheck {
  private ScriptedCheck() {}

  static ConsistencyResult result(ConsistencyPlan plan) {
    return new ConsistencyResult(
        plan.runId(),
        plan.sampleOneIn(),
        10,
        plan.views().stream().map(view -> of(view.view().name(), view.number())).toList());
  }

  private static ViewResult of(String view, int number) {
    return new ViewResult(
        view,
        number,
        null,
        9,
        8,
        new Mismatched(1, 0, 0),
        0,
        0,
        0,
        Map.of(Skip.CHANGED, 2L),
        0.5,
        List.of(
            new Example(
                Finding.WRONG,
                Map.of("origin", "ATL"),
                new RowVersion(1, 1_000, 2),
                Map.of("departures_1h", "2"),
                Map.of("departures_1h", "1"))));
  }
}
