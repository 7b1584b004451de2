package io.freshet.streaming.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.error.InvalidInputException;
import io.freshet.plan.CheckpointPlan;
import io.freshet.plan.Delivery;
import io.freshet.plan.FeatureLogPlan;
import io.freshet.plan.StreamingJobPlan;
import io.freshet.servers.testing.KafkaFixture;
import io.freshet.streaming.Flights;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TransactionBoundsTest {
  private static final long NEEDED = 10_000 + 600_000 + 120_000;

  @Test
  void theDefaultsAreAccepted() {
    assertThatCode(
            () ->
                TransactionBounds.check(
                    plan(Delivery.EXACTLY_ONCE, FeatureLogPlan.DEFAULT_TRANSACTION_TIMEOUT_MILLIS),
                    OptionalLong.of(900_000)))
        .doesNotThrowAnyException();
  }

  @Test
  void aTimeoutThatIsNotLongerThanACheckpointAndARestartIsRefused() {
    assertThatThrownBy(
            () ->
                TransactionBounds.check(plan(Delivery.EXACTLY_ONCE, NEEDED), OptionalLong.empty()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("730000 ms", "10000 ms", "600000 ms", "120000 ms", "Choose more");
    assertThatCode(
            () ->
                TransactionBounds.check(
                    plan(Delivery.EXACTLY_ONCE, NEEDED + 1), OptionalLong.empty()))
        .doesNotThrowAnyException();
  }

  @Test
  void allReasonsAreGivenAtOnce() {
    assertThatThrownBy(
            () ->
                TransactionBounds.check(
                    plan(Delivery.EXACTLY_ONCE, 60_000), OptionalLong.of(30_000)))
        .isInstanceOfSatisfying(
            InvalidInputException.class, refused -> assertThat(refused.violations()).hasSize(2))
        .hasMessageContaining("transaction.max.timeout.ms is 30000");
  }

  @Test
  void theBrokersOwnLimitIsAskedFor() {
    try (KafkaFixture kafka = KafkaFixture.start()) {
      assertThat(BrokerLimits.maxTransactionTimeoutMillis(kafka.bootstrapServers()))
          .hasValue(900_000);
    }
  }

  @Test
  void aJobWithoutTransactionsMayHaveAnyTimeout() {
    StreamingJobPlan plan = plan(Delivery.AT_LEAST_ONCE, 1);
    assertThatCode(() -> TransactionBounds.check(plan, OptionalLong.of(0)))
        .doesNotThrowAnyException();
    assertThat(TransactionBounds.tolerableFailedCheckpoints(plan)).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void checkpointsMayFailForAsLongAsTheirTransactionsLive() {
    assertThat(TransactionBounds.tolerableFailedCheckpoints(plan(Delivery.EXACTLY_ONCE, 900_000)))
        .isEqualTo(78);
  }

  private static StreamingJobPlan plan(Delivery delivery, long transactionTimeoutMillis) {
    return new StreamingJobPlan(
        "freshet-bounds",
        Flights.source("bounds"),
        delivery,
        List.of(),
        "none:1",
        "redis://none:1",
        new FeatureLogPlan("/none", transactionTimeoutMillis),
        CheckpointPlan.every("file:///none", 10_000),
        50);
  }
}
