package io.freshet.platform.schedule;

import io.freshet.platform.schedule.BatchRun.SourceName;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Batch runs on demand, and the operations that all runs are. */
@RestController
@Tag(name = "Materializations")
@RequestMapping("/api/v1")
class MaterializationController {
  private final Materializations materializations;
  private final Operations operations;

  MaterializationController(Materializations materializations, Operations operations) {
    this.materializations = materializations;
    this.operations = operations;
  }

  /**
   * What to materialize.
   *
   * @param tier {@code hourly} or {@code daily}
   * @param asOf null for a few seconds ago
   */
  record MaterializationRequest(
      @Nullable String source, @Nullable String tier, @Nullable Instant asOf) {}

  @PostMapping("/projects/{project}/materializations")
  ResponseEntity<Operation> request(
      @PathVariable("project") String project, @RequestBody MaterializationRequest request) {
    SourceName source = new SourceName(project, String.valueOf(request.source()));
    BatchRun run = materializations.request(source, request.tier(), request.asOf());
    return operations.accepted(run.id());
  }

  @GetMapping("/operations/{id}")
  Operation operation(@PathVariable("id") String id) {
    return operations.find(id);
  }

  /** 200 once it is cancelled; 202 while a process that another replica supervises is to end. */
  @PostMapping("/operations/{id}/cancel")
  ResponseEntity<Operation> cancel(@PathVariable("id") String id) {
    Operation operation = operations.cancel(id);
    HttpStatus status = operation.state().equals("RUNNING") ? HttpStatus.ACCEPTED : HttpStatus.OK;
    return ResponseEntity.status(status).body(operation);
  }
}
