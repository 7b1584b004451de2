package io.freshet.streaming.acknowledgement;

import io.freshet.handover.Acknowledgement;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what an operator has to acknowledge, each once since it started, when a checkpoint that
 * holds it is complete. What does not reach the topic is tried again with the next checkpoint. For
 * the operator's thread alone.
 */
public final class Acknowledgements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Acknowledgements.class);

  private final AcknowledgementTopic topic;
  private final TreeMap<Long, List<Acknowledgement>> held = new TreeMap<>();
  private final Set<Acknowledgement> sent = ConcurrentHashMap.newKeySet();

  public Acknowledgements(AcknowledgementTopic topic) {
    this.topic = topic;
  }

  /** A checkpoint holds this, if it completes. */
  public void snapshot(long checkpoint, Collection<? extends Acknowledgement> all) {
    held.put(
        checkpoint, all.stream().<Acknowledgement>map(one -> one).filter(this::isNew).toList());
  }

  public void complete(long checkpoint) {
    List<Acknowledgement> completed = held.getOrDefault(checkpoint, List.of());
    held.headMap(checkpoint, true).clear();
    completed.stream().filter(this::isNew).forEach(this::send);
  }

  @Override
  public void close() {
    topic.close();
  }

  private boolean isNew(Acknowledgement acknowledgement) {
    return !sent.contains(acknowledgement);
  }

  private void send(Acknowledgement acknowledgement) {
    sent.add(acknowledgement);
    var unused =
        topic
            .send(acknowledgement)
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    sent.remove(acknowledgement);
                    LOG.warn(
                        "Cannot send {}, which is tried again with the next checkpoint: {}",
                        acknowledgement,
                        failure.toString());
                  }
                });
  }
}
