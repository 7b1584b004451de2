package io.freshet.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Kind;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

@Component
class StoredLiveViews implements LiveViews {
  private final JdbcClient database;
  private final ViewVersionTable versions;

  StoredLiveViews(JdbcClient database, ViewVersionTable versions) {
    this.database = database;
    this.versions = versions;
  }

  @Override
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public List<SourceViews> bySource() {
    Map<SourceName, List<ViewPlan>> views =
        versions.live().stream()
            .map(ViewVersion::plan)
            .collect(Collectors.groupingBy(SourceName::of));
    return database
        .sql("select plan from definition where kind = :kind order by project, name")
        .param("kind", Kind.EVENT_SOURCE.wireName())
        .query((row, index) -> sourcePlan(row.getString("plan")))
        .stream()
        .map(source -> new SourceViews(source, viewsOf(source, views)))
        .toList();
  }

  private static List<ViewPlan> viewsOf(SourcePlan source, Map<SourceName, List<ViewPlan>> views) {
    return views.getOrDefault(new SourceName(source.project(), source.name()), List.of());
  }

  private static SourcePlan sourcePlan(String json) {
    return PlanCodec.decode(json.getBytes(UTF_8), SourcePlan.class);
  }

  private record SourceName(String project, String source) {
    static SourceName of(ViewPlan plan) {
      return new SourceName(plan.view().project(), plan.view().source());
    }
  }
}
