package io.freshet.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.local.demo.Expected.Measure;
import org.junit.jupiter.api.Test;

class OracleTallyTest {
  private final OracleTally tally = new OracleTally("view");

  @Test
  void holdsWhereEveryValueIsRight() {
    tally.key(true);
    tally.value(Measure.DIFFERENCE, 1e-12, "");
    tally.rightlyAbsent();

    assertThat(tally.holds()).isTrue();
  }

  @Test
  void failsOnAWrongValueAndNamesIt() {
    tally.key(true);
    tally.value(Measure.DIFFERENCE, 1e-8, "delay of ATL");

    assertThat(tally.holds()).isFalse();
    assertThat(tally.toString()).contains("delay of ATL");
  }

  @Test
  void failsOnAMissingValue() {
    tally.key(true);
    tally.missing("delay of ATL");

    assertThat(tally.holds()).isFalse();
  }

  @Test
  void failsIfNoKeyHasARow() {
    tally.key(false);
    tally.rightlyAbsent();

    assertThat(tally.holds()).isFalse();
  }

  @Test
  void failsIfMoreRanksAreOffThanTheBoundAllows() {
    tally.key(true);
    for (int i = 0; i < 98; i++) {
      tally.value(Measure.RANK, 0.005, "");
    }
    tally.value(Measure.RANK, 0.02, "");
    tally.value(Measure.RANK, 0.02, "");
    assertThat(tally.holds()).isTrue();

    tally.value(Measure.RANK, 0.02, "");
    tally.value(Measure.RANK, 0.02, "");
    assertThat(tally.holds()).isFalse();
  }
}
