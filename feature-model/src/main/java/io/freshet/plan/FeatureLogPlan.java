package io.freshet.plan;

/**
 * How a streaming job writes the feature logs of its views.
 *
 * @param warehouse the root folder or URI of the Delta tables, which every process of the cluster
 *     reaches
 * @param transactionTimeoutMillis after which Kafka aborts a transaction that nobody commits: what
 *     was logged since the checkpoint before is then lost, so it must outlast a checkpoint and a
 *     restart
 */
public record FeatureLogPlan(String warehouse, long transactionTimeoutMillis) {
  public static final long DEFAULT_TRANSACTION_TIMEOUT_MILLIS = 900_000;

  public static FeatureLogPlan to(String warehouse) {
    return new FeatureLogPlan(warehouse, DEFAULT_TRANSACTION_TIMEOUT_MILLIS);
  }
}
