package io.freshet.batch.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.batch.training.TimelineEntry.Kind;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimelineOrderTest {
  private static final long FIRST = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final long LAST = FIRST + 10_000;
  private static final long SLOT = 0x8123456789abcdefL;

  private final TimelineOrder order = TimelineOrder.of(new AskedSource("{}", 0, FIRST, LAST));

  @Test
  void entriesOfASlotAreInTheOrderInWhichTheyAreSeen() {
    assertThat(
            new long[] {
              order.ofState(SLOT),
              order.of(SLOT, Kind.EVENT, FIRST),
              order.of(SLOT, Kind.LABEL, FIRST),
              order.of(SLOT, Kind.EVENT, FIRST + 1),
              order.of(SLOT, Kind.EVENT, LAST),
              order.of(SLOT, Kind.LABEL, LAST)
            })
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(order.of(SLOT, Kind.EVENT, Long.MIN_VALUE)).isEqualTo(order.ofState(SLOT));
    assertThat(order.of(SLOT, Kind.EVENT, FIRST - 1)).isEqualTo(order.ofState(SLOT));
  }

  @Test
  void anInstantIsToldAndSoIsTheSlot() {
    long early = order.of(SLOT, Kind.EVENT, FIRST);
    long late = order.of(SLOT, Kind.LABEL, LAST);

    assertThat(order.millisOf(early)).isEqualTo(FIRST);
    assertThat(order.millisOf(late)).isEqualTo(LAST);
    assertThat(order.millisOf(order.ofState(SLOT))).isEqualTo(FIRST - 1);
    assertThat(order.slotOf(early)).isEqualTo(order.slotOf(late));
    assertThat(order.slotOf(order.of(~SLOT, Kind.EVENT, FIRST))).isNotEqualTo(order.slotOf(early));
  }

  @Test
  void labelsMayBeAsFarApartAsTimestampsGo() {
    long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    long last = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();
    TimelineOrder wide = TimelineOrder.of(new AskedSource("{}", 0, first, last));

    assertThat(wide.millisOf(wide.of(SLOT, Kind.LABEL, last))).isEqualTo(last);
    assertThat(wide.of(SLOT, Kind.LABEL, last)).isGreaterThan(wide.of(SLOT, Kind.EVENT, last));
    assertThat(wide.slotOf(wide.of(SLOT, Kind.LABEL, last))).isNotZero();
  }

  @Test
  void oneLabelIsEnough() {
    TimelineOrder one = TimelineOrder.of(new AskedSource("{}", 0, FIRST, FIRST));

    assertThat(one.millisOf(one.of(SLOT, Kind.LABEL, FIRST))).isEqualTo(FIRST);
  }
}
