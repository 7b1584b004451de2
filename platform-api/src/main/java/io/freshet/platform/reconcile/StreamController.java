package io.freshet.platform.reconcile;

import io.freshet.definition.Catalog;
import io.freshet.definition.EventSource;
import io.freshet.error.Violations;
import io.freshet.plan.Delivery;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators ask for streaming jobs; the next passes bring it about. */
@RestController
@Tag(name = "Streams")
@RequestMapping("/api/v1/projects/{project}/sources/{source}/streams/{delivery}")
class StreamController {
  private final Catalog catalog;
  private final StreamSettingTable wishes;
  private final StreamingJobTable jobs;
  private final Clock clock;

  StreamController(
      Catalog catalog, StreamSettingTable wishes, StreamingJobTable jobs, Clock clock) {
    this.catalog = catalog;
    this.wishes = wishes;
    this.jobs = jobs;
    this.clock = clock;
  }

  /**
   * How a job is to run.
   *
   * @param parallelism 1 to 128
   */
  record StreamWish(@Nullable Integer parallelism) {}

  @PutMapping
  StreamWish put(
      @PathVariable("project") String project,
      @PathVariable("source") String source,
      @PathVariable("delivery") String delivery,
      @RequestBody StreamWish wish) {
    JobKey key = key(project, source, delivery);
    Integer parallelism = wish.parallelism();
    if (parallelism == null || parallelism < 1 || parallelism > FlinkSettings.MAX_PARALLELISM) {
      Violations faults = new Violations();
      faults.add(
          "parallelism",
          "Cannot run with a parallelism of %s: choose 1 to %d"
              .formatted(parallelism, FlinkSettings.MAX_PARALLELISM));
      faults.throwIfAny(key.jobName());
      return wish;
    }
    wishes.parallelism(key, parallelism);
    return wish;
  }

  /** The settings hold again. */
  @DeleteMapping
  ResponseEntity<Void> delete(
      @PathVariable("project") String project,
      @PathVariable("source") String source,
      @PathVariable("delivery") String delivery) {
    wishes.forget(key(project, source, delivery));
    return ResponseEntity.noContent().build();
  }

  /**
   * Lets a job go on that stopped because it had lost data: from the checkpoint before its newest,
   * which holds the lost transaction.
   */
  @PostMapping("/acknowledge-data-loss")
  ResponseEntity<Void> acknowledgeDataLoss(
      @PathVariable("project") String project,
      @PathVariable("source") String source,
      @PathVariable("delivery") String delivery) {
    JobKey key = key(project, source, delivery);
    if (!jobs.acknowledgeLoss(key, clock.instant())) {
      throw new RequestRefusedException(
          Refusal.NOT_NOW,
          "Cannot acknowledge a loss of data of " + key.jobName() + ": none is suspected");
    }
    return ResponseEntity.accepted().build();
  }

  private JobKey key(String project, String source, String delivery) {
    EventSource found =
        catalog
            .source(project, source)
            .orElseThrow(() -> refused(project, source, "it is not registered"));
    if (found.table() != null) {
      throw refused(project, source, "its events are the rows of a table, which has no stream");
    }
    return new JobKey(
        project,
        source,
        Delivery.ofWireName(delivery)
            .orElseThrow(
                () ->
                    new RequestRefusedException(
                        Refusal.NOT_FOUND,
                        "Cannot change a stream that delivers %s: there is exactly_once and at_least_once"
                            .formatted(delivery))));
  }

  private static RequestRefusedException refused(String project, String source, String reason) {
    return new RequestRefusedException(
        Refusal.NOT_FOUND,
        "Cannot change a stream of source %s/%s: %s".formatted(project, source, reason));
  }
}
