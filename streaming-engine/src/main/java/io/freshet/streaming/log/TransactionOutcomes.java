package io.freshet.streaming.log;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.connector.kafka.sink.KafkaCommittable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * What became of transactions, of the broker. A second attempt to commit does not tell: a broker
 * that counts a producer's epoch up with each transaction (KIP-890) answers it as if the producer
 * had been fenced.
 */
final class TransactionOutcomes {
  private static final int ANSWER_MILLIS = 30_000;

  private final String bootstrapServers;

  TransactionOutcomes(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Whether a transaction was committed. Each transactional id has one transaction, so that what
   * the broker keeps of the id is of that, unless another producer has taken the id since.
   *
   * @throws IOException if the broker does not tell
   */
  boolean isCommitted(KafkaCommittable transaction) throws IOException, InterruptedException {
    String id = transaction.getTransactionalId();
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers", bootstrapServers, "default.api.timeout.ms", ANSWER_MILLIS))) {
      TransactionDescription found =
          admin
              .describeTransactions(List.of(id))
              .description(id)
              .get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
      boolean committed =
          found.state() == TransactionState.COMPLETE_COMMIT
              || found.state() == TransactionState.PREPARE_COMMIT;
      return committed
          && found.producerId() == transaction.getProducerId()
          && found.producerEpoch() <= transaction.getEpoch() + 1;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransactionalIdNotFoundException) {
        return false;
      }
      throw unknown(id, e);
    } catch (TimeoutException e) {
      throw unknown(id, e);
    }
  }

  private static IOException unknown(String id, Exception e) {
    return new IOException(
        "Cannot learn what became of transaction %s: the broker does not tell; the job asks again when it has restarted"
            .formatted(id),
        e);
  }
}
