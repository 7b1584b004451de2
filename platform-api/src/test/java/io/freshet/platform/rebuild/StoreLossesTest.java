package io.freshet.platform.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.platform.testing.Platform;
import io.freshet.store.StoreMarks;
import io.freshet.store.memory.MemoryOnlineStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** On the database of a platform whose own store is out of reach for good. */
class StoreLossesTest {
  private Platform platform;

  @BeforeEach
  void start() {
    platform =
        Platform.start(
            "freshet.online-store.uri=redis://127.0.0.1:1",
            "freshet.kafka.bootstrap-servers=127.0.0.1:1",
            "freshet.kafka.timeout=2s",
            "freshet.rebuild.interval=10m");
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  @Test
  void aStoreThatIsSeenForTheFirstTimeIsNotLost() {
    StoreLosses losses = lossesOf(empty());

    assertThat(losses.isStoreKnown()).isFalse();
    assertThat(settle(losses)).isEmpty();

    assertThat(losses.isStoreKnown()).isTrue();
    assertThat(marks().read().losses()).isZero();
  }

  @Test
  void aRebuildThatIsCutOffIsRepeated() {
    settle(lossesOf(empty()));
    StoreLosses losses = lossesOf(empty());

    transaction()
        .executeWithoutResult(
            status -> {
              assertThat(losses.settle()).isPresent();
              status.setRollbackOnly();
            });

    assertThat(losses.isStoreKnown()).isFalse();
    assertThat(marks().read().losses()).isZero();
    assertThat(settle(losses)).isPresent();
    assertThat(losses.isStoreKnown()).isTrue();
    assertThat(marks().read().losses()).isEqualTo(1);
  }

  @Test
  void ofTwoReplicasThatSeeALossOneSettlesIt() {
    settle(lossesOf(empty()));
    StoreMarks lost = empty();

    assertThat(settle(lossesOf(lost))).isPresent();
    assertThat(settle(lossesOf(lost))).isEmpty();

    assertThat(marks().read().losses()).isEqualTo(1);
  }

  private StoreLosses lossesOf(StoreMarks store) {
    return new StoreLosses(store, marks(), platform.bean(Rebuilds.class), Clock.systemUTC());
  }

  private Optional<List<RebuiltView>> settle(StoreLosses losses) {
    return transaction().execute(status -> losses.settle());
  }

  private StoreMarkTable marks() {
    return platform.bean(StoreMarkTable.class);
  }

  private TransactionTemplate transaction() {
    return platform.bean(TransactionTemplate.class);
  }

  private static StoreMarks empty() {
    return new MemoryOnlineStore(Clock.systemUTC());
  }
}
