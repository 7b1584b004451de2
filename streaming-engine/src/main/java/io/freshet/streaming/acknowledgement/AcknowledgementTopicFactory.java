package io.freshet.streaming.acknowledgement;

import io.freshet.plan.StreamingJobPlan;
import java.io.Serializable;

/** Opens a job's topic of acknowledgements, where the operator runs. */
@FunctionalInterface
public interface AcknowledgementTopicFactory extends Serializable {
  AcknowledgementTopic open(StreamingJobPlan plan);
}
