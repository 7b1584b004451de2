package io.freshet.benchmark.streaming;

import io.freshet.event.Event;
import io.freshet.event.EventDecoder;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.functions.windowing.WindowFunction;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;
import org.apache.kafka.common.TopicPartition;

/** Jobs in Flink's DataStream language over the source's events: card, time, amount. */
@SuppressWarnings("NullAway.Init") // Flink's life cycle sets what cannot travel with the job graph.
final class PeerJobs {
  private static final Duration DISORDER = Duration.ofSeconds(2);
  static final Duration WINDOW = Duration.ofHours(1);
  private static final Duration SLIDE = Duration.ofMinutes(1);

  private PeerJobs() {}

  static void decodeOnly(WorkOrder order) throws Exception {
    StreamExecutionEnvironment env = environment(order);
    decoded(env, order).sinkTo(new DiscardingSink<>());
    env.execute();
  }

  static void hop(WorkOrder order) throws Exception {
    StreamExecutionEnvironment env = environment(order);
    payments(env, order)
        .keyBy(payment -> payment.f0, Types.STRING)
        .window(SlidingEventTimeWindows.of(WINDOW, SLIDE))
        .aggregate(
            new CountAndSum(),
            new Report(),
            Types.TUPLE(Types.LONG, Types.LONG),
            Types.TUPLE(Types.LONG, Types.LONG))
        .sinkTo(new DiscardingSink<>());
    env.execute();
  }

  /** The environment of a peer's job: the engine's own way to pass records on and to checkpoint. */
  static StreamExecutionEnvironment environment(WorkOrder order) {
    return StreamExecutionEnvironment.getExecutionEnvironment(LocalCluster.asTheEngine(order));
  }

  /** Card, time and amount, with the watermark of a bounded disorder. */
  static SingleOutputStreamOperator<Tuple3<String, Long, Long>> payments(
      StreamExecutionEnvironment env, WorkOrder order) {
    return decoded(env, order)
        .assignTimestampsAndWatermarks(
            WatermarkStrategy.<Tuple3<String, Long, Long>>forBoundedOutOfOrderness(DISORDER)
                .withTimestampAssigner((payment, before) -> payment.f1));
  }

  private static SingleOutputStreamOperator<Tuple3<String, Long, Long>> decoded(
      StreamExecutionEnvironment env, WorkOrder order) {
    SourcePlan source = order.plan().source();
    KafkaSource<byte[]> topic =
        KafkaSource.<byte[]>builder()
            .setBootstrapServers(order.plan().bootstrapServers())
            .setTopics(source.topic())
            .setGroupId(order.contender().name())
            .setStartingOffsets(
                OffsetsInitializer.offsets(
                    Map.of(new TopicPartition(source.topic(), 0), order.firstEvent())))
            .setProperty("isolation.level", "read_committed")
            .setValueOnlyDeserializer(new AsFound())
            .build();
    return env.fromSource(topic, WatermarkStrategy.noWatermarks(), EventsRead.SOURCE)
        .flatMap(new Decode(PlanCodec.encode(source)))
        .returns(Types.TUPLE(Types.STRING, Types.LONG, Types.LONG));
  }

  private static final class AsFound extends AbstractDeserializationSchema<byte[]> {
    @Override
    public byte[] deserialize(byte[] message) {
      return message;
    }
  }

  /** The engine's decoder. */
  private static final class Decode
      extends RichFlatMapFunction<byte[], Tuple3<String, Long, Long>> {
    private final byte[] source;
    private transient EventDecoder decoder;

    Decode(byte[] source) {
      this.source = source;
    }

    @Override
    public void open(OpenContext context) {
      decoder = new EventDecoder(PlanCodec.decode(source, SourcePlan.class));
    }

    @Override
    public void flatMap(byte[] message, Collector<Tuple3<String, Long, Long>> out) {
      if (decoder.decode(message, System.currentTimeMillis()) instanceof Event event
          && event.values()[0] instanceof String card
          && event.values()[1] instanceof Instant
          && event.values()[2] instanceof Long amount) {
        out.collect(Tuple3.of(card, event.timeMillis(), amount));
      } else {
        throw new IllegalStateException("the benchmark's events can be decoded");
      }
    }
  }

  private static final class CountAndSum
      implements AggregateFunction<
          Tuple3<String, Long, Long>, Tuple2<Long, Long>, Tuple2<Long, Long>> {
    @Override
    public Tuple2<Long, Long> createAccumulator() {
      return Tuple2.of(0L, 0L);
    }

    @Override
    public Tuple2<Long, Long> add(Tuple3<String, Long, Long> payment, Tuple2<Long, Long> sofar) {
      sofar.f0++;
      sofar.f1 += payment.f2;
      return sofar;
    }

    @Override
    public Tuple2<Long, Long> getResult(Tuple2<Long, Long> sofar) {
      return sofar;
    }

    @Override
    public Tuple2<Long, Long> merge(Tuple2<Long, Long> one, Tuple2<Long, Long> other) {
      return Tuple2.of(one.f0 + other.f0, one.f1 + other.f1);
    }
  }

  /** Notes each window's result; the average is one division of what it has. */
  private static final class Report
      implements WindowFunction<Tuple2<Long, Long>, Tuple2<Long, Long>, String, TimeWindow> {
    @Override
    public void apply(
        String card,
        TimeWindow window,
        Iterable<Tuple2<Long, Long>> results,
        Collector<Tuple2<Long, Long>> out) {
      for (Tuple2<Long, Long> result : results) {
        Observed.see(card, window.getEnd(), result.f0, result.f1);
        out.collect(result);
      }
    }
  }
}
