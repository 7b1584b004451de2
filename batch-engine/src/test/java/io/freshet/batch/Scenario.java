package io.freshet.batch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.batch.Flights.Flight;
import io.freshet.batch.table.Warehouse;
import io.freshet.plan.BatchRunPlan;
import io.freshet.plan.BatchRunPlan.DeadLetters;
import io.freshet.plan.BatchRunPlan.Rows;
import io.freshet.plan.BatchRunResult;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverPlan.Lane;
import io.freshet.plan.HandOverResult;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.ViewPlan;
import io.freshet.store.EntityRef;
import io.freshet.store.StoredRow;
import io.freshet.value.EntityKeyCodec;
import io.freshet.value.RowCodec;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** A source of its own with its topic and warehouse, and runs over it. */
final class Scenario {
  private final BatchServers servers;
  private final Path folder;
  private final SourcePlan source;

  Scenario(BatchServers servers, Path folder, String sourceName) {
    this(servers, folder, Flights.source(sourceName));
  }

  private Scenario(BatchServers servers, Path folder, SourcePlan source) {
    this.servers = servers;
    this.folder = folder;
    this.source = source;
  }

  /** The same topic and warehouse, whose events are read by another plan. */
  Scenario readAs(SourcePlan changed) {
    return new Scenario(servers, folder, changed);
  }

  SourcePlan source() {
    return source;
  }

  Warehouse warehouse() {
    return Warehouse.of(plan("any", Instant.EPOCH, 0));
  }

  Scenario createTopic() {
    return createTopic(2);
  }

  Scenario createTopic(int partitions) {
    servers.kafka().createTopic(source.topic(), partitions);
    return this;
  }

  void send(Collection<Flight> flights) throws Exception {
    sendRaw(flights.stream().map(Flight::json).toList());
  }

  /** Sends records, keyed by their number; a null is a tombstone. */
  void sendRaw(List<@Nullable String> values) throws Exception {
    sendBytes(values.stream().map(value -> value == null ? null : value.getBytes(UTF_8)).toList());
  }

  /** Sends records to the first partition, in their order. */
  void sendInOrder(Collection<Flight> flights) throws Exception {
    send(flights.stream().map(flight -> flight.json().getBytes(UTF_8)).toList(), 0);
  }

  /** Sends records to a partition, in their order. */
  void sendTo(int partition, List<byte @Nullable []> values) throws Exception {
    send(values, partition);
  }

  void sendBytes(List<byte @Nullable []> values) throws Exception {
    send(values, null);
  }

  private void send(List<byte @Nullable []> values, @Nullable Integer partition) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", servers.kafka().bootstrapServers());
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < values.size(); i++) {
        byte[] value = values.get(i);
        byte[] key = ("key-" + i).getBytes(UTF_8);
        sent.add(producer.send(new ProducerRecord<>(source.topic(), partition, key, value)));
      }
      for (Future<RecordMetadata> record : sent) {
        record.get();
      }
    }
  }

  BatchRunPlan plan(String runId, Instant asOf, int sequence, ViewPlan... views) {
    return new BatchRunPlan(
        runId,
        source,
        List.of(views),
        asOf.toEpochMilli(),
        sequence,
        servers.kafka().bootstrapServers(),
        servers.redis().uri(),
        folder.resolve("warehouse").toString(),
        Rows.CHANGED,
        DeadLetters.SENT_BY_RUN,
        folder.resolve(runId + ".json").toString());
  }

  BatchRunResult run(BatchRunPlan plan) {
    return BatchJob.run(servers.spark(), plan);
  }

  HandOverPlan handOver(String runId, Instant now, Lane... lanes) {
    return new HandOverPlan(
        runId,
        source,
        List.of(lanes),
        now.toEpochMilli(),
        servers.kafka().bootstrapServers(),
        folder.resolve("warehouse").toString(),
        DeadLetters.SENT_BY_RUN,
        folder.resolve(runId + ".json").toString());
  }

  HandOverResult run(HandOverPlan plan) {
    return HandOverJob.run(servers.spark(), plan);
  }

  /** All that the hand-over topic has. */
  HandedOver handedOver() {
    return HandedOver.read(servers.kafka().bootstrapServers(), source.handOverTopic());
  }

  List<Row> table(String path, String order) {
    return servers.spark().read().format("delta").load(path).orderBy(order).collectAsList();
  }

  /** The rows of keys in the online store, as values; keys without a row are absent. */
  Map<List<String>, List<@Nullable Object>> served(ViewPlan view, Collection<List<String>> keys) {
    RowCodec codec = new RowCodec(view.view().rowTypes());
    Map<List<String>, List<@Nullable Object>> served = new HashMap<>();
    stored(view, keys)
        .forEach(
            (key, row) -> served.put(key, Arrays.asList(codec.decode(ByteBuffer.wrap(row.row())))));
    return served;
  }

  /** The rows of keys in the online store; keys without a row are absent. */
  Map<List<String>, StoredRow> stored(ViewPlan view, Collection<List<String>> keys) {
    EntityKeyCodec codec = new EntityKeyCodec(view.view().joinKeys());
    List<List<String>> ordered = List.copyOf(keys);
    List<EntityRef> entities =
        ordered.stream()
            .map(
                key ->
                    new EntityRef(
                        view.view().project(), view.view().entity(), codec.encode(key.toArray())))
            .toList();
    @Nullable StoredRow[][] rows = servers.store().read(entities, new int[] {view.number()});
    Map<List<String>, StoredRow> stored = new HashMap<>();
    for (int i = 0; i < rows.length; i++) {
      StoredRow row = rows[i][0];
      if (row != null) {
        stored.put(ordered.get(i), row);
      }
    }
    return stored;
  }

  long completeThrough(ViewPlan view) {
    var progress = servers.store().progress(view.view().project(), new int[] {view.number()});
    var own = progress.get(view.number());
    return own == null ? -1 : own.completeThroughMillis();
  }
}
