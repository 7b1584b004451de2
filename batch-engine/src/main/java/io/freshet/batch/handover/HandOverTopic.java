package io.freshet.batch.handover;

import io.freshet.batch.topic.KafkaTopic;
import io.freshet.handover.HandOver;
import java.io.Serializable;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** A source's hand-over topic: one partition, so that what is sent later is read later. */
record HandOverTopic(String bootstrapServers, String name) implements Serializable {
  /** Makes the topic if it is missing. */
  void ensure() {
    new KafkaTopic(bootstrapServers, name)
        .ensureOfOnePartition(
            Map.of(
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(HandOver.MAX_RECORD_BYTES)));
  }

  HandOverProducer producer() {
    return new HandOverProducer(this);
  }
}
