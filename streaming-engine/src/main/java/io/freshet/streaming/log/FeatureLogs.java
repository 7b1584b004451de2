package io.freshet.streaming.log;

import io.freshet.plan.Delivery;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.store.Upsert;
import io.freshet.streaming.definition.CarriedPlan;
import io.freshet.streaming.definition.DefinitionChange;
import java.util.OptionalLong;
import org.apache.flink.api.common.typeinfo.BasicTypeInfo;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Where the rows of views that log go, besides the online store. */
public final class FeatureLogs {
  private FeatureLogs() {}

  /**
   * Refuses a job whose settings invite the loss of rows, or whose cluster cannot write Delta
   * tables.
   *
   * @throws io.freshet.error.InvalidInputException with all reasons
   * @throws IllegalStateException if the cluster lacks Hadoop
   */
  public static void check(StreamingJobPlan plan) {
    requireHadoop(FeatureLogs.class.getClassLoader());
    OptionalLong brokerMaximum =
        plan.delivery() == Delivery.EXACTLY_ONCE
            ? BrokerLimits.maxTransactionTimeoutMillis(plan.bootstrapServers())
            : OptionalLong.empty();
    TransactionBounds.check(plan, brokerMaximum);
  }

  /** The job's jar has no Hadoop: its threads never end, and would keep every job's classes. */
  static void requireHadoop(ClassLoader classes) {
    try {
      Class.forName("org.apache.hadoop.fs.FileSystem", false, classes);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "Cannot run on this cluster: Hadoop is not on its class path, and feature logs in Delta tables are written through it. Put hadoop-client-api and hadoop-client-runtime into Flink's lib folder",
          e);
    }
  }

  /**
   * @param rows of the views that log
   */
  public static void write(
      DataStream<Upsert> rows, DataStream<DefinitionChange> definitions, StreamingJobPlan plan) {
    toKafka(rows, definitions, plan);
    toDelta(rows, definitions, plan);
  }

  private static void toKafka(
      DataStream<Upsert> rows, DataStream<DefinitionChange> definitions, StreamingJobPlan plan) {
    rows.connect(definitions.broadcast())
        .transform("kafka-log-records", LogRecord.TYPE, new KafkaRecords(CarriedPlan.of(plan)))
        .uid("kafka-log-records")
        .sinkTo(
            new LossDetectingSink(
                connector(plan),
                plan.bootstrapServers(),
                plan.source().featureLogTopic("*"),
                plan.logs().transactionTimeoutMillis()))
        .name("kafka-log")
        .uid("kafka-log");
  }

  /** A view's rows go through one subtask, so that a checkpoint adds one file a view and date. */
  private static void toDelta(
      DataStream<Upsert> rows, DataStream<DefinitionChange> definitions, StreamingJobPlan plan) {
    byView(rows)
        .connect(definitions.broadcast())
        .transform("delta-log-files", LogFiles.TYPE, new DeltaFiles(CarriedPlan.of(plan)))
        .uid("delta-log-files")
        .global()
        .transform(
            "delta-log-commits",
            BasicTypeInfo.VOID_TYPE_INFO,
            new DeltaCommits(CarriedPlan.of(plan)))
        .uid("delta-log-commits")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  /**
   * Partitioned like a keyed stream; a partitioner of our own would rule unaligned barriers out.
   */
  private static DataStream<Upsert> byView(DataStream<Upsert> rows) {
    return new DataStream<>(
        rows.getExecutionEnvironment(), rows.keyBy(Upsert::view).getTransformation());
  }

  /**
   * The names of transactions grow with the checkpoint: none is used twice, so that one that is
   * fenced is always a loss.
   */
  private static KafkaSink<LogRecord> connector(StreamingJobPlan plan) {
    return KafkaSink.<LogRecord>builder()
        .setBootstrapServers(plan.bootstrapServers())
        .setDeliveryGuarantee(
            plan.delivery() == Delivery.EXACTLY_ONCE
                ? DeliveryGuarantee.EXACTLY_ONCE
                : DeliveryGuarantee.AT_LEAST_ONCE)
        .setTransactionalIdPrefix(transactionalIdPrefix(plan))
        .setTransactionNamingStrategy(TransactionNamingStrategy.INCREMENTING)
        .setProperty(
            ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
            Long.toString(plan.logs().transactionTimeoutMillis()))
        .setRecordSerializer(
            (record, context, timestamp) ->
                new ProducerRecord<>(record.topic(), record.key(), record.value()))
        .build();
  }

  /** The same for every run of a job, whatever id Flink gives it. */
  static String transactionalIdPrefix(StreamingJobPlan plan) {
    return plan.jobName() + "-feature-log";
  }
}
