package io.freshet.benchmark.streaming;

import io.freshet.plan.PlanCodec;
import io.freshet.streaming.StreamingJob;
import java.time.Duration;

/** What is compared: jobs over the same events from the same Kafka topic. */
public enum Contender {
  /** The limit: the events are decoded as the engine decodes them, and discarded. */
  LIMIT("decode and discard (limit)") {
    @Override
    void run(WorkOrder order) throws Exception {
      PeerJobs.decodeOnly(order);
    }
  },
  /** The engine's job as it is shipped, into Redis. */
  FRESHET("Freshet") {
    @Override
    void run(WorkOrder order) throws Exception {
      StreamingJob.main(new String[] {PlanCodec.encodeToString(order.plan())});
    }
  },
  /** Flink's sliding windows of 1 h every minute, with an aggregate each. */
  HOP("DataStream HOP 1 h/1 min") {
    @Override
    void run(WorkOrder order) throws Exception {
      PeerJobs.hop(order);
    }

    @Override
    Duration headroom() {
      return Duration.ZERO;
    }
  },
  /** The same in SQL, which shares panes of a minute. */
  SQL_HOP("SQL HOP 1 h/1 min") {
    @Override
    void run(WorkOrder order) throws Exception {
      SqlJobs.hop(order);
    }

    @Override
    Duration headroom() {
      return Duration.ZERO;
    }
  },
  /** The last hour before each event, exactly, in SQL. */
  SQL_OVER("SQL OVER 1 h") {
    @Override
    void run(WorkOrder order) throws Exception {
      SqlJobs.over(order);
    }

    @Override
    Duration headroom() {
      return Duration.ofMillis(1);
    }
  };

  private final String title;

  Contender(String title) {
    this.title = title;
  }

  /** Runs the job until it is ended from outside. */
  abstract void run(WorkOrder order) throws Exception;

  /** How far after the time of a value that it gives its window ends, exclusively. */
  Duration headroom() {
    throw new IllegalStateException(title + " gives no values of its own");
  }

  /** Whether its values are seen in its own process: it writes none to Redis. */
  boolean isObserved() {
    return this != LIMIT && this != FRESHET;
  }

  String title() {
    return title;
  }
}
