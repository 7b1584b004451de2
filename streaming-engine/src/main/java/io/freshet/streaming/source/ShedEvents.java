package io.freshet.streaming.source;

import io.freshet.plan.ViewPlan;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts the events that were dropped under overload, by view and lane. */
final class ShedEvents {
  static final String COUNTER = "shedEvents";

  private final MetricGroup metrics;
  private final Map<Integer, Counter> byLane = new HashMap<>();

  ShedEvents(MetricGroup metrics) {
    this.metrics = metrics;
  }

  void count(ViewPlan plan) {
    byLane.computeIfAbsent(plan.lane(), lane -> counter(plan)).inc();
  }

  private Counter counter(ViewPlan plan) {
    return metrics
        .addGroup("view", plan.view().name())
        .addGroup("lane", Integer.toString(plan.lane()))
        .counter(COUNTER);
  }
}
