package io.freshet.streaming.aggregation;

import io.freshet.handover.HandOver;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.streaming.aggregation.ControlItem.HandedOver;
import io.freshet.streaming.source.ViewKey;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the hand-over topic, each record for the key group that it is for: a history for its key's,
 * the notice that all were sent for every one. A record that cannot be read is counted and logged.
 */
@SuppressWarnings("NullAway.Init") // open() sets what cannot travel with the job graph.
final class HandOverReader implements KafkaRecordDeserializationSchema<ControlItem> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(HandOverReader.class);

  private final int keyGroups;
  private transient Counter unreadable;

  HandOverReader(int keyGroups) {
    this.keyGroups = keyGroups;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    unreadable = context.getMetricGroup().counter("unreadableHandOvers");
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> found, Collector<ControlItem> items) {
    try {
      send(HandOver.decode(found.value()), items);
    } catch (RuntimeException e) {
      unreadable.inc();
      LOG.error(
          "Cannot use the hand-over record at offset {} of {}: start a new lane of its view",
          found.offset(),
          found.topic(),
          e);
    }
  }

  @Override
  public TypeInformation<ControlItem> getProducedType() {
    return ControlItem.TYPE;
  }

  private void send(HandOver record, Collector<ControlItem> items) {
    if (record instanceof KeyHistory history) {
      ViewKey key = new ViewKey(history.lane(), history.entity());
      items.collect(
          new HandedOver(KeyGroupRangeAssignment.assignToKeyGroup(key, keyGroups), history));
    } else {
      for (int group = 0; group < keyGroups; group++) {
        items.collect(new HandedOver(group, record));
      }
    }
  }
}
