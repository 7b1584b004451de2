package io.freshet.platform.reconcile.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.platform.reconcile.flink.JobCheckpoints.Completed;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A Flink session cluster by its REST interface. Thread-safe.
 *
 * <p>Every method fails with {@link FlinkException}: of category UNAVAILABLE if the cluster does
 * not answer in time, after which a change may or may not have happened.
 */
public final class FlinkRest {
  private final FlinkHttp http;

  public FlinkRest(URI address, Duration timeout) {
    this.http = new FlinkHttp(address, timeout);
  }

  public ClusterOverview overview() {
    JsonNode overview = http.read("/overview");
    return new ClusterOverview(
        overview.path("taskmanagers").asInt(),
        overview.path("slots-total").asInt(),
        overview.path("slots-available").asInt());
  }

  /** Uploads a jar unless the cluster has one of the same content; answers with its id there. */
  public String upload(Path jar) {
    String name = JarName.of(jar);
    for (JsonNode file : http.read("/jars").path("files")) {
      if (file.path("name").asString().equals(name)) {
        return file.path("id").asString();
      }
    }
    String stored = http.upload("/jars/upload", name, jar).path("filename").asString();
    return stored.substring(stored.lastIndexOf('/') + 1);
  }

  /** Runs a job; refused if its id was ever run on this cluster. */
  public void run(String jarId, JobSubmission job) {
    Map<String, Object> body = new HashMap<>();
    body.put("jobId", job.jobId());
    body.put("programArgsList", job.arguments());
    body.put("parallelism", job.parallelism());
    if (job.restoreFrom() != null) {
      body.put("savepointPath", job.restoreFrom());
      body.put("claimMode", "CLAIM");
      body.put("allowNonRestoredState", false);
    }
    http.post("/jars/" + encoded(jarId) + "/run", body);
  }

  /** The job, or empty if the cluster does not know it: never submitted, or the cluster is new. */
  public Optional<FlinkJob> job(String jobId) {
    return http.find("/jobs/" + jobId).map(FlinkRest::jobOf);
  }

  /** Asks the cluster to cancel a job; it does so some time later. */
  public void cancel(String jobId) {
    http.patch("/jobs/" + jobId + "?mode=cancel");
  }

  /** Asks the cluster to stop a job with a savepoint; answers with the trigger to ask by. */
  public String stopWithSavepoint(String jobId, String directory) {
    return http.post(
            "/jobs/" + jobId + "/stop",
            Map.of("targetDirectory", directory, "drain", false, "formatType", "CANONICAL"))
        .path("request-id")
        .asString();
  }

  public Savepoint savepoint(String jobId, String trigger) {
    JsonNode answer = http.read("/jobs/" + jobId + "/savepoints/" + trigger);
    JsonNode operation = answer.path("operation");
    if (!answer.path("status").path("id").asString().equals("COMPLETED")) {
      return new Savepoint(Savepoint.State.IN_PROGRESS, null, null);
    }
    if (operation.has("failure-cause")) {
      return new Savepoint(
          Savepoint.State.FAILED,
          null,
          operation.path("failure-cause").path("class").asString("unknown"));
    }
    return new Savepoint(Savepoint.State.COMPLETED, operation.path("location").asString(), null);
  }

  public JobCheckpoints checkpoints(String jobId) {
    JsonNode answer = http.read("/jobs/" + jobId + "/checkpoints");
    JsonNode counts = answer.path("counts");
    return new JobCheckpoints(
        counts.path("completed").asLong(),
        counts.path("failed").asLong(),
        completedOf(answer.path("latest").path("completed")),
        textOf(answer.path("latest").path("restored").path("external_path")));
  }

  /** How often the job was restarted by the cluster, or empty while it does not say. */
  public Optional<Long> restarts(String jobId) {
    for (JsonNode metric : http.read("/jobs/" + jobId + "/metrics?get=numRestarts")) {
      return Optional.of(Long.parseLong(metric.path("value").asString("0")));
    }
    return Optional.empty();
  }

  /**
   * Sums metrics of a job's operators over all operators and subtasks that have them.
   *
   * @param names the last part of the metrics' names, such as {@code pendingRecords}
   * @return by name; a metric that nobody reports is absent
   */
  public Map<String, Double> operatorMetrics(FlinkJob job, Collection<String> names) {
    Map<String, Double> sums = new HashMap<>();
    for (FlinkJob.Vertex vertex : job.vertices()) {
      String path = "/jobs/" + job.id() + "/vertices/" + vertex.id() + "/subtasks/metrics";
      List<String> wanted = new ArrayList<>();
      for (JsonNode metric : http.read(path)) {
        if (names.contains(lastPart(metric.path("id").asString()))) {
          wanted.add(metric.path("id").asString());
        }
      }
      if (!wanted.isEmpty()) {
        addSums(http.read(path + "?agg=sum&get=" + encoded(String.join(",", wanted))), sums);
      }
    }
    return sums;
  }

  private static void addSums(JsonNode metrics, Map<String, Double> sums) {
    for (JsonNode metric : metrics) {
      sums.merge(
          lastPart(metric.path("id").asString()), metric.path("sum").asDouble(), Double::sum);
    }
  }

  private static FlinkJob jobOf(JsonNode job) {
    List<FlinkJob.Vertex> vertices = new ArrayList<>();
    for (JsonNode vertex : job.path("vertices")) {
      vertices.add(
          new FlinkJob.Vertex(
              vertex.path("id").asString(),
              vertex.path("name").asString(),
              vertex.path("parallelism").asInt(),
              vertex.path("status").asString()));
    }
    return new FlinkJob(
        job.path("jid").asString(),
        FlinkJob.State.valueOf(job.path("state").asString()),
        job.path("start-time").asLong(),
        vertices);
  }

  private static @Nullable Completed completedOf(JsonNode checkpoint) {
    if (!checkpoint.isObject()) {
      return null;
    }
    return new Completed(
        checkpoint.path("id").asLong(),
        textOf(checkpoint.path("external_path")),
        checkpoint.path("latest_ack_timestamp").asLong(),
        checkpoint.path("end_to_end_duration").asLong());
  }

  private static @Nullable String textOf(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  private static String lastPart(String metric) {
    return metric.substring(metric.lastIndexOf('.') + 1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
