package io.freshet.platform.overload;

import io.freshet.platform.reconcile.JobKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** The newest report of each streaming job that could be judged. Thread-safe. */
@Component
public class OverloadReports {
  private final Map<JobKey, OverloadReport> newest = new ConcurrentHashMap<>();

  /** Empty for a job that does not run or has only just begun. */
  public Optional<OverloadReport> of(JobKey key) {
    return Optional.ofNullable(newest.get(key));
  }

  void replace(Map<JobKey, OverloadReport> all) {
    newest.keySet().retainAll(all.keySet());
    newest.putAll(all);
  }
}
