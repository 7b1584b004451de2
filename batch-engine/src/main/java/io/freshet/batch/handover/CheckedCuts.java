package io.freshet.batch.handover;

import io.freshet.batch.topic.KafkaTopic;
import io.freshet.error.InvalidInputException;
import io.freshet.error.Violations;
import io.freshet.plan.HandOverPlan;
import io.freshet.plan.HandOverPlan.Lane;
import java.util.Map;

/** Whether the records before the cuts of a run's lanes are there to be archived. */
public final class CheckedCuts {
  private CheckedCuts() {}

  /**
   * Returns if the topic reaches every cut: then an archive that is brought to the topic's end does
   * too.
   *
   * @throws InvalidInputException with every partition that ends before a lane's cut
   */
  public static void check(HandOverPlan plan) {
    String topic = plan.source().topic();
    Map<Integer, Long> ends = new KafkaTopic(plan.bootstrapServers(), topic).endOffsets();
    Violations faults = new Violations();
    for (Lane lane : plan.lanes()) {
      lane.cut()
          .forEach(
              (partition, cut) -> {
                long end = ends.getOrDefault(partition, 0L);
                if (end < cut) {
                  faults.add(
                      "lanes[" + lane.plan().lane() + "].cut[" + partition + "]",
                      ("Cannot hand over the records of topic %s before offset %d: its partition"
                              + " ends at %d, if it was made anew give the lane a new cut")
                          .formatted(topic, cut, end));
                }
              });
    }
    faults.throwIfAny("the hand-over run " + plan.runId());
  }
}
