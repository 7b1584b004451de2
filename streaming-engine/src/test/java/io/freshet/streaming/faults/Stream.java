package io.freshet.streaming.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLog;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.redis.RedisOnlineStore;
import io.freshet.streaming.Departure;
import io.freshet.streaming.Flights;
import io.freshet.streaming.ServedRows;
import io.freshet.streaming.ServedRows.Row;
import io.freshet.streaming.Soon;
import io.freshet.streaming.SourceTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One test's source with a view of it, a job that serves it, and all that was sent. The job takes a
 * checkpoint when it is told to, and else once a minute.
 */
final class Stream implements AutoCloseable {
  private static final int PARTITIONS = 2;
  private static final int PARALLELISM = 1;

  private final FaultBed bed;
  private final SourcePlan source;
  private final ViewPlan view;
  private final SourceTopics topics;
  private final RedisProcess redis;
  private final RedisOnlineStore store;
  private final ServedRows rows;
  private final Path checkpoints;
  private final @Nullable StreamLogs logs;
  private final Map<String, List<Departure>> sent = new ConcurrentHashMap<>();
  private int submissions;
  private @Nullable RunningJob job;

  private Stream(FaultBed bed, SourcePlan source, ViewPlan view, Path checkpoints)
      throws Exception {
    this.bed = bed;
    this.source = source;
    this.view = view;
    this.checkpoints = checkpoints;
    this.topics = SourceTopics.create(bed.kafka(), source, PARTITIONS);
    this.redis = RedisProcess.start();
    this.store = RedisOnlineStore.open(redis.uri());
    this.rows = new ServedRows(store);
    this.logs =
        view.view().featureLogs().isEmpty()
            ? null
            : StreamLogs.create(bed.kafka(), warehouse(), source, view);
  }

  /** Makes topics and an empty store; {@link #submit} starts the job. */
  static Stream open(FaultBed bed, String project) throws Exception {
    return open(bed, Sources.of(project), bed.folder().resolve("checkpoints-" + project));
  }

  static Stream open(FaultBed bed, SourcePlan source, Path checkpoints) throws Exception {
    return new Stream(bed, source, Sources.view(source.project()), checkpoints);
  }

  /** The same, with a view whose rows are logged to Kafka and to Delta. */
  static Stream logged(FaultBed bed, SourcePlan source) throws Exception {
    return new Stream(
        bed,
        source,
        Flights.logged(Sources.view(source.project()), FeatureLog.KAFKA, FeatureLog.DELTA),
        bed.folder().resolve("checkpoints-" + source.project()));
  }

  /** Submits the job under an id of its own, from a checkpoint if one is given. */
  RunningJob submit(@Nullable Path checkpoint) throws Exception {
    return submit(checkpoint, List.of(view));
  }

  RunningJob submit(@Nullable Path checkpoint, List<ViewPlan> views) throws Exception {
    submissions++;
    String id =
        String.format(
            Locale.ROOT, "%024x%08x", source.project().hashCode() & 0xffffffffL, submissions);
    Map<String, Object> request = new HashMap<>();
    request.put("jobId", id);
    request.put("programArgsList", List.of(PlanCodec.encodeToString(plan(views))));
    request.put("parallelism", PARALLELISM);
    if (checkpoint != null) {
      request.put("savepointPath", checkpoint.toUri().toString());
    }
    job = new RunningJob(bed.rest(), id);
    bed.rest().post("/jars/" + bed.jar() + "/run", request);
    return job;
  }

  RunningJob job() {
    return requireNonNull(job, "no job was submitted");
  }

  void send(List<Departure> departures) throws Exception {
    for (Departure departure : departures) {
      sent.computeIfAbsent(departure.origin(), origin -> new CopyOnWriteArrayList<>())
          .add(departure);
    }
    topics.send(departures);
  }

  /** Returns once every row is what all that was sent gives. */
  void awaitOracle() {
    Soon.eventually(() -> rows.matchRecomputation(view, sent()));
  }

  /** Returns once the view is as complete as its source's disorder lets it be now. */
  void awaitProgress() {
    long behind = System.currentTimeMillis() - source.maxDisorderMillis();
    Soon.eventually(() -> assertThat(rows.completeThrough(view)).isGreaterThan(behind));
  }

  /** Takes a checkpoint and returns once no record is behind it. The rows served must be right. */
  void checkpointAll() {
    if (logs != null) {
      logs.expect(rows, sent.keySet());
    }
    job().checkpoint();
    Soon.eventually(() -> assertThat(uncovered()).isZero());
  }

  /**
   * Sends a batch and returns once it is served and the newest checkpoint does not cover it: where
   * the job's own checkpoint came in between it sends another.
   */
  void sendUncovered(SeededDepartures departures, int batch) {
    Soon.eventually(
        () -> {
          send(departures.draw(batch));
          awaitOracle();
          assertThat(uncovered()).isGreaterThanOrEqualTo(batch);
        });
  }

  /** How many records there are that the newest checkpoint does not cover. */
  long uncovered() throws Exception {
    TopicPositions positions =
        new TopicPositions(
            bed.kafka().bootstrapServers(),
            source.topic(),
            PARTITIONS,
            plan(List.of(view)).jobName());
    return positions.end() - positions.checkpointed();
  }

  List<Departure> sent() {
    List<Departure> all = new ArrayList<>();
    sent.values().forEach(all::addAll);
    return all;
  }

  Map<String, List<Departure>> sentByOrigin() {
    return sent;
  }

  /** A row that must be there. */
  Row row(String origin) {
    return requireNonNull(rows.find(view, origin), origin + " has no row");
  }

  /** How many events the rows have counted, all together. */
  long counted() {
    return sent.keySet().stream()
        .map(origin -> rows.find(view, origin))
        .filter(Objects::nonNull)
        .mapToLong(row -> row.features()[0] instanceof Long count ? count : 0)
        .sum();
  }

  /** The feature logs of the view. */
  StreamLogs logs() {
    return requireNonNull(logs, "the view has no feature logs");
  }

  ReaderWatch watch() {
    return new ReaderWatch(rows, view, this::sentByOrigin);
  }

  RetainedCheckpoints retained() {
    return new RetainedCheckpoints(checkpoints);
  }

  SourcePlan source() {
    return source;
  }

  ViewPlan view() {
    return view;
  }

  SourceTopics topics() {
    return topics;
  }

  RedisProcess redis() {
    return redis;
  }

  ServedRows rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    if (job != null) {
      job.end();
    }
    topics.close();
    store.close();
    redis.close();
  }

  private Path warehouse() {
    return bed.folder().resolve("warehouse");
  }

  private StreamingJobPlan plan(List<ViewPlan> views) {
    return new StreamingJobPlan(
        "freshet-" + source.project(),
        source,
        Delivery.EXACTLY_ONCE,
        views,
        bed.kafka().bootstrapServers(),
        redis.uri(),
        FeatureLogPlan.to(warehouse().toString()),
        CheckpointPlan.every(checkpoints.toUri().toString(), CheckpointPlan.MAX_INTERVAL_MILLIS),
        50);
  }
}
