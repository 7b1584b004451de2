package io.freshet.streaming.definition;

import io.freshet.plan.StreamingJobPlan;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The stream of the views that come and go while the job runs. */
public final class Definitions {
  private Definitions() {}

  /** The definitions topic from its start; operators that need it connect to its broadcast. */
  public static DataStream<DefinitionChange> read(
      StreamExecutionEnvironment env, StreamingJobPlan plan) {
    KafkaSource<DefinitionChange> topic =
        KafkaSource.<DefinitionChange>builder()
            .setBootstrapServers(plan.bootstrapServers())
            .setTopics(plan.source().definitionsTopic())
            .setClientIdPrefix(plan.source().definitionsTopic())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new DefinitionReader(CarriedPlan.of(plan)))
            .build();
    return env.fromSource(topic, alwaysComplete(), "definitions", DefinitionChange.TYPE)
        .uid("definitions")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  /** For what has no event time: it must never hold the events' watermark back. */
  public static <T> WatermarkStrategy<T> alwaysComplete() {
    return WatermarkStrategy.forGenerator(context -> new AlwaysComplete<>());
  }

  private static final class AlwaysComplete<T> implements WatermarkGenerator<T> {
    @Override
    public void onEvent(T event, long eventTimestamp, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      output.emitWatermark(Watermark.MAX_WATERMARK);
    }
  }
}
