package io.freshet.streaming.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.freshet.error.ErrorCategory;
import io.freshet.store.EntityRef;
import io.freshet.store.OnlineStoreException;
import io.freshet.store.Upsert;
import io.freshet.store.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // open() sets the fields before each test.
class UpsertSinkTest {
  private static final long FLUSH_MILLIS = 100;
  private static final RetryPolicy PATIENT =
      new RetryPolicy(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(20));
  private static final RetryPolicy IMPATIENT =
      new RetryPolicy(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(200));

  private static ScriptedStore store;
  private static OneInputStreamOperatorTestHarness<Upsert, Void> sink;

  @BeforeEach
  void open() throws Exception {
    open(PATIENT);
  }

  @AfterEach
  void close() throws Exception {
    sink.getOperator().close(); // Not as after a run that ended well, which would flush.
  }

  @Test
  void coalescesRowsOfAKeyAndKeepsTheNewest() throws Exception {
    send("ATL", 10, 1);
    send("ATL", 30, 1);
    send("ATL", 20, 1);
    send("ORD", 10, 1);
    assertThat(store.batches).isEmpty();

    passTime();

    assertThat(store.batches).hasSize(1);
    assertThat(store.batches.get(0)).hasSize(2);
    assertThat(store.batches.get(0).get(0).version().asOfMillis()).isEqualTo(30);
  }

  @Test
  void holdsTheWatermarkUntilTheRowsBeforeItAreInTheStore() throws Exception {
    store.hold();
    send("ATL", 10, 1);
    sink.processWatermark(10);
    passTime();
    passTime();
    assertThat(sink.getOutput()).isEmpty();
    sink.processWatermark(15);
    send("ATL", 20, 2);
    sink.processWatermark(20);

    store.answer();
    passTime();
    assertThat(sink.getOutput()).containsExactly(new Watermark(15));
    passTime();
    assertThat(sink.getOutput()).containsExactly(new Watermark(15), new Watermark(20));
  }

  @Test
  void letsTheWatermarkPassAtOnceWhenThereIsNothingToWrite() throws Exception {
    sink.processWatermark(10);

    assertThat(sink.getOutput()).containsExactly(new Watermark(10));
  }

  @Test
  void writesEverythingBeforeACheckpointsBarrier() throws Exception {
    send("ATL", 10, 1);
    sink.processWatermark(10);

    sink.prepareSnapshotPreBarrier(1);

    assertThat(store.batches).hasSize(1);
    assertThat(sink.getOutput()).containsExactly(new Watermark(10));
  }

  @Test
  void writesAgainWhatFailedForAWhile() throws Exception {
    store.fail(ErrorCategory.UNKNOWN_OUTCOME, 3);
    send("ATL", 10, 1);
    sink.processWatermark(10);

    sink.prepareSnapshotPreBarrier(1);

    assertThat(store.batches).hasSize(4).allSatisfy(batch -> assertThat(batch).hasSize(1));
    assertThat(sink.getOutput()).containsExactly(new Watermark(10));
  }

  @Test
  void writesAgainInTheBackgroundToo() throws Exception {
    store.fail(ErrorCategory.UNAVAILABLE, 2);
    send("ATL", 10, 1);
    sink.processWatermark(10);

    await()
        .atMost(Duration.ofSeconds(5))
        .until(
            () -> {
              passTime();
              return sink.getOutput().contains(new Watermark(10));
            });

    assertThat(store.batches).hasSize(3);
  }

  @Test
  void failsTheTaskWhenTheStoreStaysAway() throws Exception {
    open(IMPATIENT);
    store.fail(ErrorCategory.UNAVAILABLE, Integer.MAX_VALUE);
    send("ATL", 10, 1);

    assertThatThrownBy(() -> sink.prepareSnapshotPreBarrier(1))
        .isInstanceOf(OnlineStoreException.class)
        .hasMessageStartingWith("Cannot write 1 rows to the online store: it failed ");
    assertThat(store.batches).hasSizeGreaterThan(1);
  }

  @Test
  void failsTheTaskAtOnceWhenTryingAgainDoesNotHelp() throws Exception {
    store.fail(ErrorCategory.INTERNAL, Integer.MAX_VALUE);
    send("ATL", 10, 1);

    assertThatThrownBy(() -> sink.prepareSnapshotPreBarrier(1))
        .isInstanceOf(OnlineStoreException.class);
    assertThat(store.batches).hasSize(1);
  }

  private static void open(RetryPolicy retries) throws Exception {
    store = new ScriptedStore();
    sink =
        new OneInputStreamOperatorTestHarness<>(new UpsertSink(() -> store, FLUSH_MILLIS, retries));
    sink.open();
  }

  private static void send(String origin, long asOfMillis, int sequence) throws Exception {
    Upsert row =
        new Upsert(
            new EntityRef("p", "airport", origin.getBytes(StandardCharsets.UTF_8)),
            1,
            new Version(1, asOfMillis, sequence),
            new byte[] {1},
            1_000);
    sink.processElement(row, asOfMillis);
  }

  private static void passTime() throws Exception {
    sink.setProcessingTime(sink.getProcessingTime() + FLUSH_MILLIS);
  }
}
