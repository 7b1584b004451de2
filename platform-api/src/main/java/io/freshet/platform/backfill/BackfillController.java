package io.freshet.platform.backfill;

import io.freshet.platform.schedule.Operation;
import io.freshet.platform.schedule.Operations;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Backfills by REST; what becomes of one is told by its operation. */
@RestController
@Tag(name = "Backfills")
class BackfillController {
  private final Backfills backfills;
  private final Operations operations;

  BackfillController(Backfills backfills, Operations operations) {
    this.backfills = backfills;
    this.operations = operations;
  }

  @PostMapping("/api/v1/projects/{project}/views/{view}/backfills")
  ResponseEntity<Operation> request(
      @PathVariable("project") String project,
      @PathVariable("view") String view,
      @RequestBody BackfillRequest request) {
    return operations.accepted(backfills.request(project, view, request).id());
  }
}
