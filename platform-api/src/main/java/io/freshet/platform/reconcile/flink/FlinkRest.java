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
import java.util.function.Predicate;
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

  /** A setting of the cluster's own configuration, if it has one. */
  public Optional<String> setting(String key) {
    for (JsonNode setting : http.read("/jobmanager/config")) {
      if (setting.path("key").asString().equals(key)) {
        return Optional.of(setting.path("value").asString());
      }
    }
    return Optional.empty();
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

  /**
   * Asks the cluster to stop a job with a savepoint in the form that every state backend reads.
   *
   * @param trigger 32 hexadecimal digits, chosen by us: to ask twice with the same is harmless
   */
  public void stopWithSavepoint(String jobId, String directory, String trigger) {
    http.post(
        "/jobs/" + jobId + "/stop",
        Map.of(
            "targetDirectory",
            directory,
            "drain",
            false,
            "formatType",
            "CANONICAL",
            "triggerId",
            trigger));
  }

  /** How far a savepoint is, or empty if the cluster does not know the trigger. */
  public Optional<Savepoint> savepointIfAsked(String jobId, String trigger) {
    return http.find("/jobs/" + jobId + "/savepoints/" + trigger).map(FlinkRest::savepointOf);
  }

  private static Savepoint savepointOf(JsonNode answer) {
    JsonNode operation = answer.path("operation");
    if (!answer.path("status").path("id").asString().equals("COMPLETED")) {
      return new Savepoint(Savepoint.State.IN_PROGRESS, null, null);
    }
    if (operation.has("failure-cause")) {
      return new Savepoint(Savepoint.State.FAILED, null, rootOf(operation.path("failure-cause")));
    }
    return new Savepoint(Savepoint.State.COMPLETED, operation.path("location").asString(), null);
  }

  /** The innermost cause that the stack trace names. */
  private static String rootOf(JsonNode cause) {
    return cause
        .path("stack-trace")
        .asString("")
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((before, after) -> after)
        .map(line -> line.substring("Caused by: ".length()))
        .orElseGet(() -> cause.path("class").asString("unknown"));
  }

  /** The stack traces of what made the job fail or restart, the newest first. */
  public List<String> failures(String jobId) {
    List<String> traces = new ArrayList<>();
    JsonNode history = http.read("/jobs/" + jobId + "/exceptions").path("exceptionHistory");
    for (JsonNode entry : history.path("entries")) {
      traces.add(entry.path("stacktrace").asString(""));
    }
    return traces;
  }

  /** None for a job that failed before it had any to do with checkpoints. */
  public JobCheckpoints checkpoints(String jobId) {
    return http.find("/jobs/" + jobId + "/checkpoints")
        .map(FlinkRest::checkpointsOf)
        .orElse(JobCheckpoints.NONE);
  }

  private static JobCheckpoints checkpointsOf(JsonNode answer) {
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
    metrics(job, id -> names.contains(lastPart(id)), "sum")
        .forEach(metric -> sums.merge(lastPart(metric.id()), metric.value(), Double::sum));
    return sums;
  }

  /**
   * Sums metrics of a job over its subtasks.
   *
   * @param wanted the metrics by their whole names, such as {@code Source__events.numRecordsIn}
   * @return by whole name
   */
  public Map<String, Double> sums(FlinkJob job, Predicate<String> wanted) {
    Map<String, Double> sums = new HashMap<>();
    metrics(job, wanted, "sum")
        .forEach(metric -> sums.merge(metric.id(), metric.value(), Double::sum));
    return sums;
  }

  /**
   * The greatest value of any subtask of a job.
   *
   * @param names of metrics of tasks, such as {@code busyTimeMsPerSecond}
   * @return by name; a metric that nobody reports is absent
   */
  public Map<String, Double> greatest(FlinkJob job, Collection<String> names) {
    Map<String, Double> greatest = new HashMap<>();
    metrics(job, names::contains, "max")
        .forEach(metric -> greatest.merge(metric.id(), metric.value(), Math::max));
    return greatest;
  }

  private record SubtaskMetric(String id, double value) {}

  private List<SubtaskMetric> metrics(FlinkJob job, Predicate<String> wanted, String aggregate) {
    List<SubtaskMetric> found = new ArrayList<>();
    for (FlinkJob.Vertex vertex : job.vertices()) {
      String path = "/jobs/" + job.id() + "/vertices/" + vertex.id() + "/subtasks/metrics";
      List<String> ids = new ArrayList<>();
      for (JsonNode metric : http.read(path)) {
        if (wanted.test(metric.path("id").asString())) {
          ids.add(metric.path("id").asString());
        }
      }
      if (!ids.isEmpty()) {
        String query = "?agg=" + aggregate + "&get=" + encoded(String.join(",", ids));
        for (JsonNode metric : http.read(path + query)) {
          found.add(
              new SubtaskMetric(
                  metric.path("id").asString(), metric.path(aggregate).asDouble(Double.NaN)));
        }
      }
    }
    found.removeIf(metric -> Double.isNaN(metric.value()));
    return found;
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
