package io.freshet.streaming.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;

/**
 * Commits Kafka transactions with the connector's committer, which counts a transaction that
 * expired or was fenced and goes on. Here that fails the job for good, unless the transaction was
 * committed before. All transactions of a checkpoint are tried first, so that nothing more is lost
 * than has to be.
 */
final class LossDetectingCommitter implements Committer<KafkaCommittable>, Closeable {
  private final Committer<KafkaCommittable> connector;
  private final TransactionOutcomes outcomes;
  private final String topics;
  private final long transactionTimeoutMillis;

  LossDetectingCommitter(
      Committer<KafkaCommittable> connector,
      TransactionOutcomes outcomes,
      String topics,
      long transactionTimeoutMillis) {
    this.connector = connector;
    this.outcomes = outcomes;
    this.topics = topics;
    this.transactionTimeoutMillis = transactionTimeoutMillis;
  }

  /**
   * @throws DataLossSuspectedException if a transaction can no longer be committed
   */
  @Override
  public void commit(Collection<CommitRequest<KafkaCommittable>> requests)
      throws IOException, InterruptedException {
    List<WatchedRequest> open = new ArrayList<>(requests.size());
    for (CommitRequest<KafkaCommittable> request : requests) {
      if (isOfEarlierRun(request) && outcomes.isCommitted(request.getCommittable())) {
        request.signalAlreadyCommitted();
      } else {
        open.add(new WatchedRequest(request));
      }
    }
    try {
      connector.commit(List.copyOf(open));
    } finally {
      refuseLosses(open);
    }
  }

  @Override
  public void close() throws IOException {
    if (connector instanceof Closeable closeable) {
      closeable.close();
    }
  }

  /** Whether the producer is gone that the transaction was written with. */
  private static boolean isOfEarlierRun(CommitRequest<KafkaCommittable> request) {
    return request.getCommittable().getProducer().isEmpty();
  }

  private void refuseLosses(List<WatchedRequest> tried) throws IOException, InterruptedException {
    List<String> lost = new ArrayList<>();
    Throwable reason = null;
    for (WatchedRequest request : tried) {
      Throwable failure = request.failure();
      if (failure != null && !outcomes.isCommitted(request.getCommittable())) {
        lost.add(request.getCommittable().getTransactionalId());
        reason = failure;
      }
    }
    if (reason != null) {
      throw suspected(lost, reason);
    }
  }

  private DataLossSuspectedException suspected(List<String> transactions, Throwable reason) {
    return new DataLossSuspectedException(
        ("data loss suspected: Cannot commit transactions %s to the feature log topics %s: the broker has aborted or fenced them (%s)."
                + " Another producer may use the same transactional id, or the commit came later than the transaction timeout of %d ms."
                + " Start the job from the retained checkpoint before the newest: it logs the rows since then again, some of them for the second time")
            .formatted(transactions, topics, reason.getMessage(), transactionTimeoutMillis),
        reason);
  }
}
