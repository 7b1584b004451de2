package io.freshet.streaming.log;

import java.util.List;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.flink.util.ExceptionUtils;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnknownProducerIdException;
import org.jspecify.annotations.Nullable;

/** A request to commit that keeps in mind why it can never be fulfilled, if that is so. */
final class WatchedRequest implements CommitRequest<KafkaCommittable> {
  private static final List<Class<? extends Exception>> FINAL =
      List.of(
          ProducerFencedException.class,
          InvalidProducerEpochException.class,
          InvalidTxnStateException.class,
          InvalidPidMappingException.class,
          UnknownProducerIdException.class,
          TransactionAbortedException.class);

  private final CommitRequest<KafkaCommittable> request;
  private @Nullable Throwable failure;

  WatchedRequest(CommitRequest<KafkaCommittable> request) {
    this.request = request;
  }

  /** Why no repetition helps, or null. */
  @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public KafkaCommittable getCommittable() {
    return request.getCommittable();
  }

  @Override
  public int getNumberOfRetries() {
    return request.getNumberOfRetries();
  }

  @Override
  public void signalFailedWithKnownReason(Throwable reason) {
    failure = reason;
    request.signalFailedWithKnownReason(reason);
  }

  /** The connector knows fewer of Kafka's final errors than there are. */
  @Override
  public void signalFailedWithUnknownReason(Throwable reason) {
    if (FINAL.stream().anyMatch(type -> ExceptionUtils.findThrowable(reason, type).isPresent())) {
      signalFailedWithKnownReason(reason);
    } else {
      request.signalFailedWithUnknownReason(reason);
    }
  }

  @Override
  public void retryLater() {
    request.retryLater();
  }

  @Override
  public void updateAndRetryLater(KafkaCommittable committable) {
    request.updateAndRetryLater(committable);
  }

  @Override
  public void signalAlreadyCommitted() {
    request.signalAlreadyCommitted();
  }

  @Override
  public String toString() {
    return request.toString();
  }
}
