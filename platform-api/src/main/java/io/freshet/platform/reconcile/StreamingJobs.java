package io.freshet.platform.reconcile;

import java.util.List;
import java.util.Optional;

/** The streaming jobs that were asked for. */
public interface StreamingJobs {
  /** Every job that ever was, also the cancelled ones. */
  List<StreamingJob> all();

  Optional<StreamingJob> find(JobKey key);
}
