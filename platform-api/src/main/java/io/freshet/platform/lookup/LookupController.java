package io.freshet.platform.lookup;

import io.freshet.platform.web.Outcome;
import io.micrometer.core.instrument.Timer;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Lookups by REST. */
@RestController
class LookupController {
  private final Lookup lookup;
  private final LookupMetrics metrics;

  LookupController(Lookup lookup, LookupMetrics metrics) {
    this.lookup = lookup;
    this.metrics = metrics;
  }

  @PostMapping("/api/v1/projects/{project}/lookup")
  LookupAnswer lookUp(@PathVariable String project, @RequestBody LookupRequest request) {
    Timer.Sample sample = metrics.start();
    try {
      LookupAnswer answer = lookup.answer(project, request);
      metrics.answered(answer);
      metrics.ended(sample, Outcome.OK);
      return answer;
    } catch (RuntimeException e) {
      metrics.ended(sample, Outcome.of(e));
      throw e;
    }
  }
}
