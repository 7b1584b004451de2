package io.freshet.streaming.source;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.streaming.acknowledgement.KafkaAcknowledgements;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceOptions;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The source's topic, as the stream of what live views take from its events. */
public final class SourceEvents {
  private static final long DISCOVERY_MILLIS = 10_000;

  private SourceEvents() {}

  /** The views' events; {@link DeadLetter#OUTPUT} has the records that could not be used. */
  public static SingleOutputStreamOperator<ViewEvent> read(
      StreamExecutionEnvironment env,
      StreamingJobPlan plan,
      DataStream<DefinitionChange> definitions) {
    DataStream<SourceItem> records =
        env.fromSource(
                new AnnouncingSource(topic(plan)),
                WatermarkStrategy.noWatermarks(),
                "records",
                SourceItem.TYPE)
            .uid("records");
    return records
        .forward()
        .connect(definitions.broadcast())
        .transform(
            "intake",
            ViewEvent.TYPE,
            new EventIntake(CarriedPlan.of(plan), KafkaTopicEnds::new, KafkaAcknowledgements::new))
        .uid("intake");
  }

  private static KafkaSource<SourceItem> topic(StreamingJobPlan plan) {
    return KafkaSource.<SourceItem>builder()
        .setBootstrapServers(plan.bootstrapServers())
        .setTopics(plan.source().topic())
        .setGroupId(plan.jobName())
        .setClientIdPrefix(plan.jobName())
        .setStartingOffsets(new FirstOffsets())
        .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
        .setProperty(
            KafkaSourceOptions.PARTITION_DISCOVERY_INTERVAL_MS.key(),
            Long.toString(DISCOVERY_MILLIS))
        .setDeserializer(new AsFound())
        .build();
  }

  /** Leaves a record as it was found. */
  private static final class AsFound implements KafkaRecordDeserializationSchema<SourceItem> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<SourceItem> items) {
      items.collect(KafkaRecord.of(record));
    }

    @Override
    public TypeInformation<SourceItem> getProducedType() {
      return SourceItem.TYPE;
    }
  }
}
