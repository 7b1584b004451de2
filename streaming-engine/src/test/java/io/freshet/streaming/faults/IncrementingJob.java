package io.freshet.streaming.faults;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The counter-example: it counts events by adding one to a number in Redis for each. Its
 * checkpoints, taken when it is told to, are as exact as any, and yet what is replayed after a
 * failure is added again.
 *
 * <p>Arguments: Kafka's address, the topic, Redis' address, the folder of the checkpoints.
 */
public final class IncrementingJob {
  static final String COUNTS = "increments";

  /** Flink draws the first checkpoint's time from one interval; it must not fall into the test. */
  private static final String CHECKPOINT_INTERVAL = "365 d";

  private IncrementingJob() {}

  public static void main(String[] arguments) throws Exception {
    Configuration settings = new Configuration();
    settings.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), CHECKPOINT_INTERVAL);
    settings.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    settings.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, arguments[3]);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    KafkaSource<String> keys =
        KafkaSource.<String>builder()
            .setBootstrapServers(arguments[0])
            .setTopics(arguments[1])
            .setGroupId("incrementing-" + arguments[1])
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setDeserializer(new RecordKeys())
            .build();
    env.fromSource(keys, WatermarkStrategy.noWatermarks(), "keys")
        .map(new Increment(arguments[2]))
        .sinkTo(new DiscardingSink<>());
    env.execute("incrementing");
  }

  /** Takes a record's key. */
  private static final class RecordKeys implements KafkaRecordDeserializationSchema<String> {
    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<String> keys) {
      keys.collect(new String(record.key(), StandardCharsets.UTF_8));
    }

    @Override
    public TypeInformation<String> getProducedType() {
      return Types.STRING;
    }
  }

  /** Adds one to the number of a key. */
  @SuppressWarnings("NullAway.Init") // Flink calls open() before map().
  private static final class Increment extends RichMapFunction<String, Long> {
    private final String redis;
    private transient RedisClient client;
    private transient StatefulRedisConnection<String, String> connection;

    Increment(String redis) {
      this.redis = redis;
    }

    @Override
    public void open(OpenContext context) {
      client = RedisClient.create(redis);
      connection = client.connect();
    }

    @Override
    public Long map(String key) {
      return connection.sync().hincrby(COUNTS, key, 1);
    }

    @Override
    public void close() {
      if (client != null) {
        client.close();
      }
    }
  }
}
