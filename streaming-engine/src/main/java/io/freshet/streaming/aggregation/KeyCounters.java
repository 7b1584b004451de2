package io.freshet.streaming.aggregation;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** How many keys got state, and how many were freed of it. */
record KeyCounters(Counter opened, Counter freed) {
  static KeyCounters of(MetricGroup metrics) {
    return new KeyCounters(metrics.counter("keysOpened"), metrics.counter("keysFreed"));
  }
}
