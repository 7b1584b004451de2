package io.freshet.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.freshet.plan.Delivery;
import io.freshet.plan.Tier;
import io.freshet.plan.ViewPlan;
import io.freshet.platform.reconcile.JobKey;
import io.freshet.platform.reconcile.StreamingJobs;
import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
    Answer changed =
        client.putYaml(flights.path("views/delays"), flights.delays("allowedLateness: 7m"));

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
    assertThat(before.at("/route/state").asString()).isEqualTo("LIVE");

    awaitRequestedJob();
    Answer after =
        client
            .putYaml(flights.path("views/delays"), flights.delays("allowedLateness: 7m"))
            .expect(200);

    assertThat(after.at("/route/state").asString()).isEqualTo("BOOTSTRAPPING");
    client.putYaml(flights.path("views/route_delays"), flights.routeDelays()).expect(201);
    assertThat(live()).extracting(ViewPlan::phase).contains(ViewPlan.Phase.LIVE);
  }

  /** The reconciler asks for a job by itself, be the cluster there or not. */
  private void awaitRequestedJob() {
    JobKey key = new JobKey(flights.project(), "departures", Delivery.EXACTLY_ONCE);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> platform.bean(StreamingJobs.class).find(key).isPresent());
  }

  private List<ViewPlan> live() {
    return platform.bean(LiveViews.class).bySource().stream()
        .filter(source -> source.source().project().equals(flights.project()))
        .findFirst()
        .orElseThrow()
        .views();
  }
}
