package io.freshet.streaming.definition;

import io.freshet.aggregate.ViewAggregator;
import io.freshet.event.EventDecoder;
import io.freshet.plan.PlanCodec;
import io.freshet.plan.SourcePlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.plan.ViewPlan;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the definitions topic. A definition that cannot be used is counted, logged and left out, so
 * that it does not stop the other views. Views of the other delivery guarantee belong to another
 * job. Whether a view fits its source is for {@link LiveViews} to say, which knows the source.
 */
@SuppressWarnings("NullAway.Init") // open() sets what cannot travel with the job graph.
final class DefinitionReader implements KafkaRecordDeserializationSchema<DefinitionChange> {
  private static final Logger LOG = LoggerFactory.getLogger(DefinitionReader.class);

  private final CarriedPlan carried;
  private transient StreamingJobPlan job;
  private transient Counter unreadable;

  DefinitionReader(CarriedPlan carried) {
    this.carried = carried;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    job = carried.unpack();
    unreadable = context.getMetricGroup().counter("unreadableDefinitions");
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<DefinitionChange> changes) {
    try {
      int number = Integer.parseInt(new String(record.key(), StandardCharsets.UTF_8));
      if (record.value() == null || isOurs(number, record.value())) {
        changes.collect(new DefinitionChange(number, record.value()));
      }
    } catch (RuntimeException e) {
      unreadable.inc();
      LOG.error(
          "Cannot use the definition at offset {} of {}: it is left out, publish it again",
          record.offset(),
          record.topic(),
          e);
    }
  }

  @Override
  public TypeInformation<DefinitionChange> getProducedType() {
    return DefinitionChange.TYPE;
  }

  /** Whether the definition is this job's; fails if it could not be used. */
  private boolean isOurs(int number, byte[] json) {
    if (number == SourcePlan.DEFINITION_NUMBER) {
      var unused = new EventDecoder(PlanCodec.decode(json, SourcePlan.class));
      return true;
    }
    ViewPlan plan = PlanCodec.decode(json, ViewPlan.class);
    if (plan.lane() != number) {
      throw new IllegalArgumentException(
          "Cannot use lane " + plan.lane() + ": its record's key is " + number);
    }
    if (plan.view().delivery() != job.delivery()) {
      return false;
    }
    ViewAggregator.of(plan.view());
    return true;
  }
}
