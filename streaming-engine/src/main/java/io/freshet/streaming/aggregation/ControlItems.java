package io.freshet.streaming.aggregation;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.aggregation.ControlItem.Definition;
import io.freshet.streaming.aggregation.ControlItem.HandedOver;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.Definitions;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** Definitions to every subtask, and the hand-over topic to the subtasks that have the keys. */
final class ControlItems {
  private ControlItems() {}

  static DataStream<ControlItem> of(
      DataStream<DefinitionChange> definitions, StreamingJobPlan plan) {
    StreamExecutionEnvironment env = definitions.getExecutionEnvironment();
    int keyGroups = env.getMaxParallelism();
    return definitions
        .<ControlItem>map(Definition::new, ControlItem.TYPE)
        .name("definitions-of-tiles")
        .uid("definitions-of-tiles")
        .setParallelism(1)
        .setMaxParallelism(1)
        .broadcast()
        .union(
            handOvers(env, plan, keyGroups)
                .partitionCustom(new ByKeyGroup(keyGroups), ControlItems::keyGroup));
  }

  private static DataStream<ControlItem> handOvers(
      StreamExecutionEnvironment env, StreamingJobPlan plan, int keyGroups) {
    KafkaSource<ControlItem> topic =
        KafkaSource.<ControlItem>builder()
            .setBootstrapServers(plan.bootstrapServers())
            .setTopics(plan.source().handOverTopic())
            .setClientIdPrefix(plan.source().handOverTopic())
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
            .setDeserializer(new HandOverReader(keyGroups))
            .build();
    return env.fromSource(topic, Definitions.alwaysComplete(), "hand-over", ControlItem.TYPE)
        .uid("hand-over")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  private static int keyGroup(ControlItem item) {
    return ((HandedOver) item).keyGroup();
  }

  /** As keyed streams are partitioned. */
  private record ByKeyGroup(int keyGroups) implements Partitioner<Integer> {
    @Override
    public int partition(Integer keyGroup, int subtasks) {
      return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(keyGroups, subtasks, keyGroup);
    }
  }
}
