package io.freshet.benchmark.checkpoints;

import io.freshet.benchmark.lab.SeededEvents;
import io.freshet.benchmark.lab.Topics;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;

/** Gives keys new texts. */
final class Changes {
  private final Topics topics;
  private final int[] keys;
  private final Random random;

  Changes(Topics topics, int keys, long seed) {
    this.topics = topics;
    this.keys = IntStream.range(0, keys).toArray();
    this.random = new Random(seed);
  }

  /** How many keys a share of them is. */
  static int keysOf(int keys, double share) {
    return (int) Math.round(keys * share);
  }

  /** A text that was sent to a card. */
  record Sent(String card, String text, long atMillis) {}

  /** Sends a new text to each of a share of the keys, chosen anew; returns the last. */
  Sent send(double share) throws ExecutionException, InterruptedException {
    int count = keysOf(keys.length, share);
    for (int i = 0; i < count; i++) {
      int other = i + random.nextInt(keys.length - i);
      int chosen = keys[other];
      keys[other] = keys[i];
      keys[i] = chosen;
    }
    for (int i = 0; i < count - 1; i++) {
      var unused = topics.send(event(SeededEvents.card(keys[i])).json());
    }
    return sendTo(SeededEvents.card(keys[count - 1]));
  }

  /** Sends a new text to one card, and returns once the broker has it and all before it. */
  Sent sendTo(String card) throws ExecutionException, InterruptedException {
    Event event = event(card);
    topics.send(event.json()).get();
    return new Sent(card, event.text(), System.currentTimeMillis());
  }

  private Event event(String card) {
    String text = TextState.text(random);
    return new Event(TextState.json(card, System.currentTimeMillis(), text), text);
  }

  @SuppressWarnings("ArrayRecordComponent") // Sent once, never compared.
  private record Event(byte[] json, String text) {}
}
