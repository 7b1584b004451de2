package io.freshet.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.handover.Acknowledgement.Cut;
import io.freshet.handover.Acknowledgement.Settled;
import io.freshet.handover.HandOver.AllKeys;
import io.freshet.handover.HandOver.KeyHistory;
import io.freshet.plan.ViewPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.JobID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What the control plane does with the lanes of a running job. */
final class Lanes {
  private final JobCluster cluster;
  private final JobID job;
  private final SourceTopics topics;
  private final int partitions;
  private final int parallelism;

  Lanes(JobCluster cluster, JobID job, SourceTopics topics, int partitions, int parallelism) {
    this.cluster = cluster;
    this.job = job;
    this.topics = topics;
    this.partitions = partitions;
    this.parallelism = parallelism;
  }

  /** The same plan in another phase. */
  static ViewPlan in(ViewPlan.Phase phase, ViewPlan plan) {
    return new ViewPlan(
        plan.view(), plan.number(), plan.lane(), plan.tier(), plan.epoch(), phase, plan.shedding());
  }

  /**
   * Lets a lane begin.
   *
   * @return its cut, which a checkpoint holds
   */
  Map<Integer, Long> begin(ViewPlan plan) throws Exception {
    topics.publish(in(ViewPlan.Phase.BOOTSTRAPPING, plan));
    untilAcknowledged(() -> assertThat(cut(plan)).hasSize(partitions));
    return cut(plan);
  }

  /** Hands a lane its history over, and declares it live once all subtasks have it. */
  void settle(ViewPlan plan, List<KeyHistory> histories) throws Exception {
    for (KeyHistory history : histories) {
      topics.handOver(history);
    }
    topics.handOver(new AllKeys(plan.lane()));
    untilAcknowledged(() -> assertThat(settled(plan)).isEqualTo(parallelism));
    topics.publish(in(ViewPlan.Phase.LIVE, plan));
  }

  private Map<Integer, Long> cut(ViewPlan plan) {
    return topics.acknowledged().values().stream()
        .filter(one -> one instanceof Cut && one.lane() == plan.lane())
        .map(Cut.class::cast)
        .collect(Collectors.toMap(Cut::partition, Cut::offset));
  }

  private long settled(ViewPlan plan) {
    return topics.acknowledged().values().stream()
        .filter(one -> one instanceof Settled && one.lane() == plan.lane())
        .count();
  }

  /** Acknowledgements come with checkpoints. */
  private void untilAcknowledged(ThrowingCallable assertion) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(300))
        .untilAsserted(
            () -> {
              cluster.checkpoint(job);
              assertion.call();
            });
  }
}
