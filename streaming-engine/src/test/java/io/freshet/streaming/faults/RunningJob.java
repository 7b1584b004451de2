package io.freshet.streaming.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.streaming.ClusterRest;
import io.freshet.streaming.Soon;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A job of the session cluster, as its REST interface shows it. */
final class RunningJob {
  private static final Set<String> ALIVE =
      Set.of("INITIALIZING", "CREATED", "RUNNING", "RESTARTING");

  private final ClusterRest rest;
  private final String id;

  RunningJob(ClusterRest rest, String id) {
    this.rest = rest;
    this.id = id;
  }

  String id() {
    return id;
  }

  String state() throws Exception {
    return job("").get("state").asString();
  }

  /** How many checkpoints are {@code completed}, {@code in_progress}, {@code failed}, and so on. */
  long checkpoints(String kind) throws Exception {
    return job("/checkpoints").get("counts").get(kind).asLong();
  }

  /** The checkpoint that the job last was restored from: its path. */
  @Nullable String restoredFrom() throws Exception {
    JsonNode restored = job("/checkpoints").get("latest").get("restored");
    return restored == null || restored.isNull() ? null : restored.get("external_path").asString();
  }

  /** Why it fell, newest first, as the cluster says. */
  String failures() throws Exception {
    return job("/exceptions").toString();
  }

  /** Asks for a checkpoint now, and returns the request's id. */
  String requestCheckpoint() throws Exception {
    return rest.post("/jobs/" + id + "/checkpoints", Map.of("checkpointType", "CONFIGURED"))
        .get("request-id")
        .asString();
  }

  /** Takes a checkpoint now and returns once it has completed. */
  void checkpoint() {
    Soon.eventually(
        () -> {
          String request = requestCheckpoint();
          Soon.eventually(
              () ->
                  assertThat(outcome(request).get("status").get("id").asString())
                      .isEqualTo("COMPLETED"));
          assertThat(outcome(request).get("operation").get("failureCause")).isNull();
        });
  }

  /** The answer to a checkpoint that was asked for. */
  JsonNode outcome(String request) throws Exception {
    return job("/checkpoints/" + request);
  }

  /** The sum of a metric over the operators and subtasks that have it. */
  long metric(String name) throws Exception {
    long sum = 0;
    for (JsonNode vertex : job("").get("vertices")) {
      String metrics = "/vertices/" + vertex.get("id").asString() + "/subtasks/metrics";
      List<String> found = new ArrayList<>();
      for (JsonNode metric : job(metrics)) {
        String full = metric.get("id").asString();
        if (full.equals(name) || full.endsWith("." + name)) {
          found.add(full);
        }
      }
      if (!found.isEmpty()) {
        for (JsonNode metric : job(metrics + "?get=" + String.join(",", found))) {
          sum += Math.round(metric.get("sum").asDouble());
        }
      }
    }
    return sum;
  }

  void cancel() throws Exception {
    rest.cancel(id);
    Soon.eventually(() -> assertThat(state()).isEqualTo("CANCELED"));
  }

  /** Cancels it if it is still there. */
  void end() {
    try {
      if (ALIVE.contains(state())) {
        rest.cancel(id);
      }
    } catch (Exception e) {
      System.out.println("job " + id + " is not there to be cancelled: " + e.getClass());
    }
  }

  private JsonNode job(String path) throws Exception {
    return rest.find("/jobs/" + id + path);
  }
}
