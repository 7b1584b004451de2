package io.freshet.platform.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Answer;
import io.freshet.platform.testing.ApiClient;
import io.freshet.platform.testing.Flights;
import io.freshet.platform.testing.Platform;
import org.junit.jupiter.api.Test;

class ApplyTest {
  private final ApiClient client = Platform.shared().platform().client();
  private final Flights flights = new Flights();

  @Test
  void documentsInAnyOrderAreRegisteredAtOnce() {
    Answer applied = apply(documents(flights.delays())).expect(200);

    assertThat(applied.at("/results").size()).isEqualTo(6);
    assertThat(applied.at("/results/0/kind").asString()).isEqualTo("Project");
    client.get(flights.path("views/delays")).expect(200);
    assertThat(apply(documents(flights.delays())).expect(200).at("/results").findValues("changed"))
        .allMatch(changed -> !changed.asBoolean());
  }

  @Test
  void oneFaultKeepsEverythingOut() {
    String faulty = flights.delays().replace("aggregation: count", "aggregation: median");

    Answer refused = apply(documents(faulty)).expectProblem(422);

    assertThat(refused.violationPaths()).contains("documents[0].spec.features[0].aggregation");
    client.get("/api/v1/projects/" + flights.project()).expectProblem(404);
  }

  @Test
  void oneConflictKeepsEverythingOut() {
    apply(documents(flights.delays())).expect(200);

    Answer refused =
        apply(flights.departures().replace("float64", "int64") + "---\n" + flights.routeDelays())
            .expectProblem(409);

    assertThat(refused.violationPaths()).containsExactly("spec.columns[3].type", "views/delays");
    client.get(flights.path("views/route_delays")).expectProblem(404);
  }

  private String documents(String view) {
    return String.join(
        "---\n",
        view,
        flights.service("[delays]"),
        flights.departures(),
        flights.route(),
        flights.airport(),
        flights.projectDocument());
  }

  private Answer apply(String documents) {
    return client.send("POST", "/api/v1/apply", "application/yaml", documents);
  }
}
