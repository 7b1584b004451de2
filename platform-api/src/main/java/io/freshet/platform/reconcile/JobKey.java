package io.freshet.platform.reconcile;

import io.freshet.plan.Delivery;

/** What there is one streaming job for. */
public record JobKey(String project, String source, Delivery delivery) {
  /** The name that the cluster shows: {@code freshet/flights/departures/exactly_once}. */
  public String jobName() {
    return "freshet/" + project + "/" + source + "/" + delivery.wireName();
  }
}
