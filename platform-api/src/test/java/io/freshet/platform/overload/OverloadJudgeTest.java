package io.freshet.platform.overload;

import static io.freshet.platform.overload.Loads.busy;
import static io.freshet.platform.overload.Loads.checkpointing;
import static io.freshet.platform.overload.Loads.lagging;
import static io.freshet.platform.overload.OverloadState.AT_RISK;
import static io.freshet.platform.overload.OverloadState.HEALTHY;
import static io.freshet.platform.overload.OverloadState.OVERLOADED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OverloadJudgeTest {
  private final OverloadJudge judge = new OverloadJudge(Loads.SETTINGS);

  @Test
  void aJobThatReadsAllThatComesIsHealthy() {
    assertThat(judge.judge(Loads.idle(), HEALTHY))
        .isEqualTo(new Judgement(HEALTHY, java.util.List.of()));
    assertThat(stateOf(lagging(100, 0.01))).isEqualTo(HEALTHY);
  }

  @Test
  void aBusySubtaskIsARiskAndNoMore() {
    Judgement judged = judge.judge(busy(1, 0), HEALTHY);

    assertThat(judged.state()).isEqualTo(AT_RISK);
    assertThat(judged.reasons()).containsExactly("a subtask works 100 % of the time");
    assertThat(stateOf(busy(0.79, 0.49))).isEqualTo(HEALTHY);
    assertThat(stateOf(busy(0.1, 0.5))).isEqualTo(AT_RISK);
  }

  @Test
  void aPromiseThatBreaksSoonIsAnOverloadBeforeItIsBroken() {
    Judgement judged = judge.judge(lagging(400, 20), HEALTHY);

    assertThat(judged.state()).isEqualTo(OVERLOADED);
    assertThat(judged.reasons())
        .containsExactly("the promise of 10s breaks in 30.0 s: 20 more events wait every second");
    assertThat(stateOf(lagging(400, 5))).isEqualTo(AT_RISK);
    assertThat(stateOf(lagging(400, 0.1))).isEqualTo(HEALTHY);
  }

  @Test
  void aBrokenPromiseIsAnOverloadUnlessTheLagIsSoonGone() {
    Judgement judged = judge.judge(lagging(2_000, 0), HEALTHY);

    assertThat(judged.state()).isEqualTo(OVERLOADED);
    assertThat(judged.reasons())
        .containsExactly("events wait for 20.0 s, 10s is promised, and the lag is gone in no time");
    assertThat(stateOf(lagging(2_000, -5))).isEqualTo(OVERLOADED);
    assertThat(stateOf(lagging(2_000, -10))).isEqualTo(AT_RISK);
  }

  @Test
  void eventsThatNobodyReadsAreAnOverload() {
    StreamLoad stuck =
        new StreamLoad(0, 0, 5, 0, 0, new StreamLoad.Checkpoints(0, 10_000, 600_000, 0), 10_000);

    assertThat(stuck.waitSeconds()).isInfinite();
    assertThat(stateOf(stuck)).isEqualTo(OVERLOADED);
  }

  @Test
  void slowCheckpointsAreARiskAndUnderLoadAnOverload() {
    assertThat(stateOf(checkpointing(0.2, 9_000, 0))).isEqualTo(HEALTHY);
    assertThat(stateOf(checkpointing(0.2, 11_000, 0))).isEqualTo(AT_RISK);
    assertThat(stateOf(checkpointing(0.2, 590_000, 0))).isEqualTo(AT_RISK);
    assertThat(stateOf(checkpointing(0.9, 590_000, 0))).isEqualTo(OVERLOADED);
  }

  @Test
  void failedCheckpointsWithoutLoadAreNoOverload() {
    assertThat(stateOf(checkpointing(0.2, 200, 2))).isEqualTo(HEALTHY);
    assertThat(stateOf(checkpointing(0.2, 200, 3))).isEqualTo(AT_RISK);
    assertThat(stateOf(checkpointing(0.9, 200, 3))).isEqualTo(OVERLOADED);
  }

  @Test
  void leavingAStateTakesLessLoadThanEnteringIt() {
    StreamLoad between = busy(0.7, 0);
    StreamLoad nearlyBroken = lagging(850, 0);

    assertThat(judge.judge(between, HEALTHY).state()).isEqualTo(HEALTHY);
    assertThat(judge.judge(between, AT_RISK).state()).isEqualTo(AT_RISK);
    assertThat(judge.judge(nearlyBroken, AT_RISK).state()).isEqualTo(AT_RISK);
    assertThat(judge.judge(nearlyBroken, OVERLOADED).state()).isEqualTo(OVERLOADED);
  }

  @Test
  void predictsWhenPromisesBreakAndWhenLagsAreGone() {
    assertThat(lagging(500, 10).waitSeconds()).isCloseTo(5, within(1e-9));
    assertThat(lagging(500, 10).secondsUntilStale()).isCloseTo(50, within(1e-9));
    assertThat(lagging(500, 10).catchUpSeconds()).isInfinite();
    assertThat(lagging(500, -10).catchUpSeconds()).isCloseTo(50, within(1e-9));
    assertThat(lagging(500, -10).secondsUntilStale()).isInfinite();
    assertThat(lagging(2_000, -10).secondsUntilStale()).isZero();
  }

  private OverloadState stateOf(StreamLoad load) {
    return judge.judge(load, HEALTHY).state();
  }
}
