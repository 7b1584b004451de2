package io.freshet.streaming.aggregation;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.aggregation.ControlItem.Definition;
import io.freshet.streaming.aggregation.ControlItem.HandedOver;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.definition.Definitions;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
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
        .union(handOvers(env, plan, keyGroups).keyBy(KeyGroupNumber.of(keyGroups), Types.INT));
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

  /**
   * A number for each key group that Flink assigns to that group, so that records go where the
   * events of their keys go. A partitioner of our own would do, but for unaligned checkpoints.
   */
  private static final class KeyGroupNumber implements KeySelector<ControlItem, Integer> {
    private static final long serialVersionUID = 1L;

    private final int[] numbers;

    private KeyGroupNumber(int[] numbers) {
      this.numbers = numbers;
    }

    static KeyGroupNumber of(int keyGroups) {
      return new KeyGroupNumber(
          IntStream.range(0, keyGroups).map(group -> numberOf(group, keyGroups)).toArray());
    }

    @Override
    public Integer getKey(ControlItem item) {
      return numbers[((HandedOver) item).keyGroup()];
    }

    private static int numberOf(int group, int keyGroups) {
      return IntStream.iterate(0, number -> number + 1)
          .filter(number -> KeyGroupRangeAssignment.assignToKeyGroup(number, keyGroups) == group)
          .findFirst()
          .orElseThrow();
    }
  }
}
