package io.freshet.streaming.source;

import io.freshet.plan.StreamingJobPlan;
import java.io.Serializable;

/** Opens the look-up of a job's topic, where the operator runs. */
@FunctionalInterface
public interface TopicEndsFactory extends Serializable {
  TopicEnds open(StreamingJobPlan plan);
}
