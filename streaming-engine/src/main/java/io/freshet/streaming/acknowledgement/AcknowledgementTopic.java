package io.freshet.streaming.acknowledgement;

import io.freshet.handover.Acknowledgement;
import java.util.concurrent.CompletableFuture;

/** Where acknowledgements go. */
public interface AcknowledgementTopic extends AutoCloseable {
  /**
   * Sends without waiting.
   *
   * @return done once the topic has it, which may be on another thread
   */
  CompletableFuture<Void> send(Acknowledgement acknowledgement);

  @Override
  void close();
}
