package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.Deadline;
import io.freshet.benchmark.lab.LiveEvents;
import io.freshet.benchmark.lab.MarkdownTable;
import io.freshet.benchmark.lab.Payments;
import io.freshet.benchmark.lab.ProcessTime;
import io.freshet.benchmark.lab.ServedValues;
import io.freshet.benchmark.lab.Servers;
import io.freshet.benchmark.lab.Topics;
import io.freshet.plan.Delivery;
import io.freshet.plan.StateBackend;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.redis.RedisOnlineStore;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** From a Kafka record's timestamp to readable in Redis, while events come at a steady rate. */
final class FreshnessRun {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration MEASURED = Duration.ofSeconds(30);
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final int HEAP_MEGABYTES = 1_500;

  private final Probes probes;
  private final Pacer pacer;
  private final long contender;

  private FreshnessRun(Probes probes, Pacer pacer, long contender) {
    this.probes = probes;
    this.pacer = pacer;
    this.contender = contender;
  }

  /** Runs the engine's job with state on the heap; the table has one row. */
  static String table(Servers servers, int keys, double rate, long seed) throws Exception {
    servers.emptyRedis();
    String topic = "live-" + keys;
    ViewPlan view = Payments.view(topic, Payments.THREE_WINDOWS, Delivery.EXACTLY_ONCE);
    StreamingJobPlan plan =
        Payments.job(
            servers,
            topic,
            view,
            servers.folder().resolve(topic).toUri().toString(),
            StateBackend.HASHMAP);
    WorkOrder order = WorkOrder.of(Contender.FRESHET, plan, 0, List.of());
    try (Topics topics = Topics.create(servers.kafka(), Payments.source(topic), 1);
        RedisOnlineStore store = servers.openStore();
        ContenderProcess process =
            ContenderProcess.start(
                order, HEAP_MEGABYTES, servers.folder().resolve("contender.log"));
        Pacer pacer = new Pacer(topics, new LiveEvents(keys, seed), rate)) {
      Probes probes = new Probes(topics, new ServedValues(store, view, Payments.THREE_WINDOWS));
      return new FreshnessRun(probes, pacer, process.pid()).row(keys);
    }
  }

  private String row(int keys) throws Exception {
    probes.send();
    awaitAll();
    pacer.begin();
    probe(WARM_UP);
    probes.drainDelays();
    long sentBefore = pacer.sent();
    Duration cpuBefore = ProcessTime.of(contender);
    probe(MEASURED);
    double sent = pacer.sent() - sentBefore;
    double cpuMicros = ProcessTime.of(contender).minus(cpuBefore).toNanos() / 1e3 / sent;
    awaitAll();
    return row(keys, sent / MEASURED.toSeconds(), cpuMicros, probes.drainDelays());
  }

  /** Sends a probe at each look, every twenty milliseconds or so, and looks in between. */
  private void probe(Duration time) throws Exception {
    Deadline end = Deadline.after(time);
    while (!end.hasPassed()) {
      probes.send();
      for (int i = 0; i < 10; i++) {
        probes.look();
        Thread.sleep(1);
      }
    }
  }

  private void awaitAll() throws Exception {
    Deadline deadline = Deadline.after(DEADLINE);
    while (probes.underWay() > 0) {
      if (deadline.hasPassed()) {
        throw new IllegalStateException(probes.underWay() + " probes did not come");
      }
      probes.look();
      Thread.sleep(1);
    }
  }

  private static String row(int keys, double rate, double cpuMicros, long[] delays) {
    MarkdownTable table =
        MarkdownTable.of(
            "freshness", "events/s", "CPU µs an event", "probes", "p50 ms", "p99 ms", "most ms");
    table.row(
        "%,d keys, heap".formatted(keys),
        String.format(Locale.ROOT, "%,.0f", rate),
        String.format(Locale.ROOT, "%.1f", cpuMicros),
        Integer.toString(delays.length),
        Long.toString(delays[delays.length / 2]),
        Long.toString(delays[(int) (delays.length * 0.99)]),
        Long.toString(delays[delays.length - 1]));
    return table.text();
  }
}
