package io.freshet.streaming.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.handover.Acknowledgement;
import io.freshet.handover.Acknowledgement.Cut;
import java.util.List;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
  private static final Acknowledgement ONE = new Cut(1, 0, 5);
  private static final Acknowledgement OTHER = new Cut(2, 0, 9);

  private final AcknowledgedHere topic = new AcknowledgedHere();
  private final Acknowledgements acknowledgements = new Acknowledgements(topic);

  @Test
  void sendsWhatACompletedCheckpointHoldsAndOnlyOnce() {
    acknowledgements.snapshot(1, List.of(ONE));
    acknowledgements.snapshot(2, List.of(ONE, OTHER));
    assertThat(topic.sent).isEmpty();

    acknowledgements.complete(1);
    assertThat(topic.sent).containsExactly(ONE);
    acknowledgements.complete(2);
    assertThat(topic.sent).containsExactly(ONE, OTHER);
    acknowledgements.snapshot(3, List.of(ONE, OTHER));
    acknowledgements.complete(3);
    assertThat(topic.sent).containsExactly(ONE, OTHER);
  }

  @Test
  void sendsNothingForACheckpointThatDidNotComplete() {
    acknowledgements.snapshot(1, List.of(ONE));
    acknowledgements.snapshot(2, List.of());
    acknowledgements.complete(2);
    acknowledgements.complete(1);

    assertThat(topic.sent).isEmpty();
  }

  @Test
  void triesAgainWithTheNextCheckpointWhatDidNotReachTheTopic() {
    topic.outOfReach = true;
    acknowledgements.snapshot(1, List.of(ONE));
    acknowledgements.complete(1);
    topic.outOfReach = false;

    acknowledgements.snapshot(2, List.of(ONE));
    acknowledgements.complete(2);
    assertThat(topic.sent).containsExactly(ONE);
  }
}
