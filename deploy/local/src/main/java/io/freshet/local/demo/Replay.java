package io.freshet.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Replays departures faster than they happened, each stamped with the moment in which it is sent.
 * Runs in a thread of its own; what was sent can be read meanwhile.
 */
final class Replay implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final PlatformClient client;
  private final String project;
  private final List<Departure> departures;
  private final double speed;
  private final List<Departure> sent = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "replay");
  private volatile boolean stopAsked;
  private volatile @Nullable RuntimeException failure;

  /**
   * @param speed how many times faster than they happened
   */
  Replay(PlatformClient client, String project, List<Departure> departures, double speed) {
    this.client = client;
    this.project = project;
    this.departures = departures;
    this.speed = speed;
  }

  void start() {
    thread.start();
  }

  int sentSoFar() {
    return sent.size();
  }

  /** Those sent last, newest first. */
  List<Departure> newest(int count) {
    List<Departure> snapshot = new ArrayList<>(sent);
    List<Departure> newest = new ArrayList<>();
    for (int i = snapshot.size() - 1; i >= 0 && newest.size() < count; i--) {
      newest.add(snapshot.get(i));
    }
    return newest;
  }

  /** Stops and returns everything that was sent, with the times that were stamped on. */
  List<Departure> stop() {
    close();
    RuntimeException failed = failure;
    if (failed != null) {
      throw failed;
    }
    return List.copyOf(sent);
  }

  @Override
  public void close() {
    stopAsked = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    Instant begun = Instant.now();
    long firstMillis = departures.get(0).timeMillis();
    int next = 0;
    try {
      while (!stopAsked && next < departures.size()) {
        long playedMillis = (long) (Duration.between(begun, Instant.now()).toMillis() * speed);
        List<Departure> due = new ArrayList<>();
        while (next < departures.size()
            && departures.get(next).timeMillis() - firstMillis <= playedMillis) {
          due.add(departures.get(next));
          next++;
        }
        send(due);
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    } catch (DemoFailedException e) {
      failure = e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void send(List<Departure> due) {
    if (due.isEmpty()) {
      return;
    }
    long nowMillis = System.currentTimeMillis();
    List<Departure> stamped = due.stream().map(departure -> departure.at(nowMillis)).toList();
    client.push(project, stamped);
    sent.addAll(stamped);
  }
}
