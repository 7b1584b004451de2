package io.freshet.platform.handover;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.handover.Acknowledgement.Cut;
import io.freshet.handover.Acknowledgement.Settled;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LaneAcknowledgementsTest {
  private static final int LANE = 3;

  private final LaneAcknowledgements said = new LaneAcknowledgements();

  @Test
  void aLaneHasSettledWhenEverySubtaskOfTheNewestParallelismSaysSo() {
    assertThat(said.hasSettled()).isFalse();
    for (int subtask = 0; subtask < 3; subtask++) {
      said.add(new Settled(LANE, subtask, 4));
    }
    assertThat(said.unsettled()).containsExactly(3);

    said.add(new Settled(LANE, 1, 2));
    assertThat(said.unsettled()).containsExactly(0);
    assertThat(said.hasSettled()).isFalse();
    said.add(new Settled(LANE, 0, 2));
    assertThat(said.hasSettled()).isTrue();

    said.add(new Settled(LANE, 0, 3));
    assertThat(said.unsettled()).containsExactly(1, 2);
  }

  @Test
  void aPartitionWithoutHistoryIsCountedFromItsFirstRecord() {
    said.add(new Cut(LANE, 0, 10));
    said.add(new Cut(LANE, 1, 20));
    assertThat(said.uncut(3)).containsExactly(2);
    Map<Integer, Long> used = said.cuts();
    assertThat(said.beginsElsewhereThan(used)).isFalse();

    said.add(new Cut(LANE, 2, 0));
    assertThat(said.beginsElsewhereThan(used)).isFalse();
    said.add(new Cut(LANE, 2, 1));
    assertThat(said.beginsElsewhereThan(used)).isTrue();
  }

  @Test
  void aLaneThatCountsAllEventsNeedsNoHistory() {
    said.add(new Cut(LANE, -1, 0));

    assertThat(said.cuts()).isEmpty();
    assertThat(said.beginsElsewhereThan(Map.of(0, 0L))).isFalse();
    assertThat(said.beginsElsewhereThan(Map.of(0, 5L))).isTrue();
  }
}
