package io.freshet.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class LiveViewsTest {
  private final Platform platform = Platform.shared().platform();
  private final ApiClient client = platform.client();
  private final Flights flights = new Flights();

  @Test
  void aSourceHasTheNewestVersionOfEachOfItsViews() {
    flights.registerBasics(client);
    assertThat(live()).isEmpty();

    client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
    Answer changed = client.putYaml(flights.path("views/delays"), flights.delays("ttl: 3d"));

    assertThat(live())
        .extracting(plan -> plan.view().name(), ViewPlan::tier)
        .containsExactly(tuple("route_delays", Tier.DAILY), tuple("delays", Tier.STREAMING));
    assertThat(live().get(1).number()).isEqualTo(changed.at("/route/number").asInt());

    client.delete(flights.path("views/delays")).expect(204);
    assertThat(live()).extracting(plan -> plan.view().name()).containsExactly("route_delays");
  }

  @Test
  void aStreamingViewCountsAllEventsUntilItsJobIsAskedFor() {
    flights.registerBasics(client);
    Answer before = client.putYaml(flights.path("views/delays"), flights.delays()).expect(201);
    assertThat(before.at("/route/countsFrom").isMissingNode()).isTrue();

    requestJob();
    Instant registered = Instant.now();
    Answer after =
        client.putYaml(flights.path("views/delays"), flights.delays("ttl: 3d")).expect(200);

    assertThat(Instant.parse(after.at("/route/countsFrom").asString()))
        .isBetween(registered.plusSeconds(4), registered.plusSeconds(60));
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
    assertThat(live()).extracting(ViewPlan::countsFromMillis).contains(ViewPlan.ALL_EVENTS);
  }

  private void requestJob() {
    platform
        .bean(JdbcClient.class)
        .sql(
            "insert into streaming_job (project, source, delivery, generation, attempt, job_id,"
                + " state, plan_json, requested_at, updated_at) values (:project, 'departures',"
                + " 'EXACTLY_ONCE', 1, 1, 'id', 'RUNNING', '{}', now(), now())")
        .param("project", flights.project())
        .update();
  }

  private List<ViewPlan> live() {
    return platform.bean(LiveViews.class).bySource().stream()
        .filter(source -> source.source().project().equals(flights.project()))
        .findFirst()
        .orElseThrow()
        .views();
  }
}
