package io.freshet.benchmark.streaming;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;

/** Knows how many events the source of this JVM's job has read, over all its subtasks. */
public final class EventsRead implements MetricReporter, MetricReporterFactory {
  /** The name that every contender's source has. */
  static final String SOURCE = "records";

  private static final List<Counter> COUNTERS = new CopyOnWriteArrayList<>();

  static long soFar() {
    return COUNTERS.stream().mapToLong(Counter::getCount).sum();
  }

  @Override
  public MetricReporter createMetricReporter(Properties settings) {
    return this;
  }

  @Override
  public void open(MetricConfig settings) {}

  @Override
  public void close() {}

  @Override
  public void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    String operator = group.getAllVariables().getOrDefault("<operator_name>", "");
    if (metric instanceof Counter counter
        && name.equals("numRecordsIn")
        && operator.equals("Source: " + SOURCE)) {
      COUNTERS.add(counter);
    }
  }

  @Override
  public void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {}
}
