package io.freshet.platform.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.definition.Kind;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    Map<SourceName, List<ViewVersion>> views =
        versions.live().stream()
            .collect(Collectors.groupingBy(version -> SourceName.of(version.plan())));
    return database
        .sql("select plan from definition where kind = :kind order by project, name")
        .param("kind", Kind.EVENT_SOURCE.wireName())
        .query((row, index) -> sourcePlan(row.getString("plan")))
        .stream()
        .map(
            source ->
                views(
                    source,
                    views.getOrDefault(new SourceName(source.project(), source.name()), List.of())))
        .toList();
  }

  private static SourceViews views(SourcePlan source, List<ViewVersion> versions) {
    return new SourceViews(
        source,
        versions.stream().map(ViewVersion::plan).toList(),
        versions.stream().flatMap(version -> Stream.ofNullable(version.next())).toList());
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
