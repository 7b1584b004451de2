package io.freshet.streaming.sink;

import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.store.redis.RedisOnlineStore;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import io.freshet.streaming.source.DeadLetter;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.streaming.api.datastream.DataStream;

/** Where a job's results go. */
public final class Outlets {
  private Outlets() {}

  /**
   * Rows to the online store.
   *
   * @return nothing but the watermark, which follows the rows
   */
  public static DataStream<Void> serve(DataStream<Upsert> rows, StreamingJobPlan plan) {
    return rows.transform(
            "online-store",
            BasicTypeInfo.VOID_TYPE_INFO,
            new UpsertSink(onlineStore(plan), plan.flushIntervalMillis(), RetryPolicy.DEFAULT))
        .uid("online-store");
  }

  /** The progress of the live views to the online store, behind the rows. */
  public static void report(
      DataStream<Void> served, DataStream<DefinitionChange> definitions, StreamingJobPlan plan) {
    served
        .connect(definitions)
        .transform(
            "progress",
            BasicTypeInfo.VOID_TYPE_INFO,
            new ProgressReporter(CarriedPlan.of(plan), onlineStore(plan)))
        .uid("progress")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  /** Records that could not be used to the source's dead-letter topic, at least once. */
  public static void bury(DataStream<DeadLetter> letters, StreamingJobPlan plan) {
    letters
        .sinkTo(
            KafkaSink.<DeadLetter>builder()
                .setBootstrapServers(plan.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new DeadLetterRecords(plan.source()))
                .build())
        .name("dead-letters")
        .uid("dead-letters");
  }

  private static StoreOpener onlineStore(StreamingJobPlan plan) {
    String address = plan.onlineStore();
    return () -> RedisOnlineStore.open(address);
  }
}
