package io.freshet.streaming.definition;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;

/** A job's plan in the form in which operators take it to where they run. */
public record CarriedPlan(String json) implements Serializable {
  public static CarriedPlan of(StreamingJobPlan plan) {
    return new CarriedPlan(PlanCodec.encodeToString(plan));
  }

  public StreamingJobPlan unpack() {
    return PlanCodec.decode(json.getBytes(StandardCharsets.UTF_8), StreamingJobPlan.class);
  }
}
