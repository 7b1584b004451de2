package io.freshet.streaming.acknowledgement;

import io.freshet.handover.Acknowledgement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Keeps what was acknowledged, unless it is out of reach. */
public final class AcknowledgedHere implements AcknowledgementTopic {
  public final List<Acknowledgement> sent = new ArrayList<>();
  public boolean outOfReach;

  @Override
  public CompletableFuture<Void> send(Acknowledgement acknowledgement) {
    if (outOfReach) {
      return CompletableFuture.failedFuture(new IllegalStateException("out of reach"));
    }
    sent.add(acknowledgement);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void close() {}
}
