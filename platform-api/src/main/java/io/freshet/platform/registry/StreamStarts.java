package io.freshet.platform.registry;

import io.freshet.plan.Delivery;

/** Which streaming jobs were asked for. */
public interface StreamStarts {
  /**
   * Whether a job of the source and delivery guarantee was asked for and not given up since. The
   * caller holds the source's row, and so does who asks for a job: a view is either a seed of the
   * job or comes after it.
   */
  boolean isRequested(String project, String source, Delivery delivery);
}
