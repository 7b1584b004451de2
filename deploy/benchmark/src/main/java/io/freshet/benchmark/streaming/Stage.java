package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.Payments;
import io.freshet.benchmark.lab.SeededEvents;
import io.freshet.benchmark.lab.ServedValues;
import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Topics;
import io.freshet.benchmark.lab.Workload;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.redis.RedisOnlineStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** A topic full of events, and the contenders that run over it one after the other. */
public final class Stage {
  private static final int HEAP_MEGABYTES = 3_000;
  private static final int CHECKED_KEYS = 10_000;

  private final Servers servers;
  private final SeededEvents events;
  private final int measured;
  private final String topic;
  private int runs;

  private Stage(Servers servers, SeededEvents events, int measured, String topic) {
    this.servers = servers;
    this.events = events;
    this.measured = measured;
    this.topic = topic;
  }

  /**
   * Fills a topic.
   *
   * @param measured how many events a contender that needs all is measured over
   */
  public static Stage set(Servers servers, Workload workload, int measured, int partitions)
      throws ExecutionException, InterruptedException {
    String topic = "payments-" + workload.keys() + "-" + partitions;
    SeededEvents events = new SeededEvents(workload);
    try (Topics topics = Topics.create(servers.kafka(), Payments.source(topic), partitions)) {
      topics.send(events);
    }
    return new Stage(servers, events, measured, topic);
  }

  Workload workload() {
    return events.workload();
  }

  /**
   * Runs a contender from its start, with an empty Redis, and checks the values that it gives.
   *
   * @param profile the file to record a profile to, or "" for none
   */
  public Measurement run(Entry entry, String profile) throws Exception {
    servers.emptyRedis();
    ViewPlan view = Payments.view(topic, entry.windows(), entry.delivery());
    Path folder = servers.folder().resolve(topic + "-run-" + ++runs);
    StreamingJobPlan plan =
        Payments.job(servers, topic, view, folder.toUri().toString(), entry.state());
    WorkOrder order =
        WorkOrder.of(
                entry.contender(),
                plan,
                entry.firstEvent(workload()),
                entry.marks(workload(), measured))
            .profiledTo(profile)
            .with(entry.subtasks(), Map.of());
    try (ContenderProcess process =
        ContenderProcess.start(order, HEAP_MEGABYTES, servers.folder().resolve("contender.log"))) {
      Mark begin = process.nextMark();
      Mark end = process.nextMark();
      double redis = servers.redisTime().toNanos() / 1e3 / end.events();
      int checked = check(entry, view, process.observed());
      return new Measurement(end.cpuMicrosSince(begin), end.rateSince(begin), redis, checked);
    } finally {
      deleteIfThere(folder);
    }
  }

  private int check(Entry entry, ViewPlan view, List<Observed> observed)
      throws InterruptedException {
    if (entry.contender() == Contender.LIMIT) {
      return 0;
    }
    if (entry.contender() == Contender.FRESHET) {
      try (RedisOnlineStore store = servers.openStore()) {
        int everyKey = Math.max(1, workload().keys() / CHECKED_KEYS);
        return new ServedValues(store, view, entry.windows()).check(events, everyKey);
      }
    }
    return PeerValues.check(entry, events, observed);
  }

  private static void deleteIfThere(Path folder) throws IOException {
    if (folder.toFile().exists()) {
      Servers.delete(folder);
    }
  }
}
