package io.freshet.benchmark.lab;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The events of a workload: a card, a time that is up to half a second out of order, an amount. */
public final class SeededEvents {
  private static final int DISORDER_MILLIS = 500;
  private static final int AMOUNTS = 1_000;

  private final Workload workload;
  private final int[] keys;
  private final long[] times;
  private final int[] amounts;
  private final int[] firstOfKey;
  private final int[] byKey;

  public SeededEvents(Workload workload) {
    this.workload = workload;
    int events = workload.events();
    keys = new int[events];
    times = new long[events];
    amounts = new int[events];
    Random random = new Random(workload.seed());
    Zipf ranks = new Zipf(workload.keys());
    for (int i = 0; i < events; i++) {
      keys[i] = ranks.draw(random);
      times[i] = workload.timeMillis(i) - random.nextInt(DISORDER_MILLIS);
      amounts[i] = random.nextInt(AMOUNTS);
    }
    firstOfKey = new int[workload.keys() + 1];
    byKey = new int[events];
    groupByKey();
  }

  public Workload workload() {
    return workload;
  }

  public int size() {
    return keys.length;
  }

  /** The name of a key. */
  public static String card(int key) {
    return "c" + key;
  }

  /** An event as the topic has it. */
  public byte[] json(int event) {
    return json(card(keys[event]), times[event], amounts[event]);
  }

  /** An event as a topic has it. */
  public static byte[] json(String card, long timeMillis, long amount) {
    return ("{\"card\":\"" + card + "\",\"at\":" + timeMillis + ",\"amount\":" + amount + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The time of a key's newest event, or {@code Long.MIN_VALUE} if it has none. */
  public long newestMillis(int key) {
    long newest = Long.MIN_VALUE;
    for (int i = firstOfKey[key]; i < firstOfKey[key + 1]; i++) {
      newest = Math.max(newest, times[byKey[i]]);
    }
    return newest;
  }

  /** Looks at all of a key's events from a position in the topic on, within {@code [from, to)}. */
  public Tally tally(int key, int firstEvent, long fromMillis, long toMillis) {
    long count = 0;
    long sum = 0;
    for (int i = firstOfKey[key]; i < firstOfKey[key + 1]; i++) {
      int event = byKey[i];
      if (event >= firstEvent && times[event] >= fromMillis && times[event] < toMillis) {
        count++;
        sum += amounts[event];
      }
    }
    return new Tally(count, sum);
  }

  /** How many events there are and the sum of their amounts. */
  public record Tally(long count, long sum) {}

  private void groupByKey() {
    for (int key : keys) {
      firstOfKey[key + 1]++;
    }
    for (int i = 1; i < firstOfKey.length; i++) {
      firstOfKey[i] += firstOfKey[i - 1];
    }
    int[] next = firstOfKey.clone();
    for (int i = 0; i < keys.length; i++) {
      byKey[next[keys[i]]++] = i;
    }
  }
}
