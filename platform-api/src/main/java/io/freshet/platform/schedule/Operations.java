package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.SourceName;
import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** All runs, as their users see and cancel them. */
@Component
public class Operations {
  private final BatchRunTable table;
  private final Cancellation cancellation;
  private final Duration stalledAfter;
  private final Clock clock;

  Operations(BatchRunTable table, Cancellation cancellation, BatchSettings settings, Clock clock) {
    this.table = table;
    this.cancellation = cancellation;
    this.stalledAfter = settings.stalledAfter();
    this.clock = clock;
  }

  /** The newest operations of a source, the newest first. */
  public List<Operation> newest(SourceName source, int limit) {
    return table.newest(source, limit).stream().map(this::show).toList();
  }

  /**
   * @throws RequestRefusedException if there is none
   */
  public Operation find(String id) {
    return table
        .find(id)
        .map(this::show)
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    Refusal.NOT_FOUND, "Cannot show operation " + id + ": there is none"));
  }

  /**
   * 202 with where the operation is found.
   *
   * @param id of one that was just made
   */
  public ResponseEntity<Operation> accepted(String id) {
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/operations/" + id))
        .body(find(id));
  }

  /** Cancels an operation; done again, it changes nothing. */
  Operation cancel(String id) {
    return show(cancellation.cancel(id));
  }

  Operation show(BatchRun run) {
    return Operation.of(run, clock.instant(), stalledAfter);
  }
}
