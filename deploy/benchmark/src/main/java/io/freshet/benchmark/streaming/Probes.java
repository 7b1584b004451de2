package io.freshet.benchmark.streaming;

import io.freshet.benchmark.lab.SeededEvents;
import io.freshet.benchmark.lab.ServedValues;
import io.freshet.benchmark.lab.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Events with a card of their own each, and how long after its record's timestamp, which the broker
 * gives, a reader of the online store first finds their row.
 */
final class Probes {
  private static final int SUM = 2;

  private final Topics topics;
  private final ServedValues served;
  private final Map<String, Sent> outstanding = new LinkedHashMap<>();
  private final List<Long> delays = new ArrayList<>();
  private int count;

  private record Sent(Future<RecordMetadata> record, long amount) {}

  Probes(Topics topics, ServedValues served) {
    this.topics = topics;
    this.served = served;
  }

  void send() {
    String card = "probe-" + count;
    long amount = count++;
    byte[] event = SeededEvents.json(card, System.currentTimeMillis(), amount);
    outstanding.put(card, new Sent(topics.send(event), amount));
  }

  /** Looks which have come; they come in the order in which they were sent, or nearly. */
  void look() throws ExecutionException, InterruptedException {
    if (outstanding.isEmpty()) {
      return;
    }
    List<String> cards = List.copyOf(outstanding.keySet());
    List<@Nullable Object @Nullable []> rows = served.find(cards);
    long now = System.currentTimeMillis();
    for (int i = 0; i < cards.size(); i++) {
      @Nullable Object[] row = rows.get(i);
      if (row != null) {
        arrived(cards.get(i), row, now);
      }
    }
  }

  int underWay() {
    return outstanding.size();
  }

  /** The milliseconds from record to reader since the last call, ascending. */
  long[] drainDelays() {
    long[] drained = delays.stream().mapToLong(Long::longValue).sorted().toArray();
    delays.clear();
    return drained;
  }

  private void arrived(String card, @Nullable Object[] row, long nowMillis)
      throws ExecutionException, InterruptedException {
    Sent sent = outstanding.remove(card);
    if (sent == null || !Long.valueOf(sent.amount()).equals(row[SUM])) {
      throw new IllegalStateException("The row of " + card + " is not of its one event");
    }
    delays.add(nowMillis - sent.record().get().timestamp());
  }
}
