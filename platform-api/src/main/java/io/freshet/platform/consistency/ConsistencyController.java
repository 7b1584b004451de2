package io.freshet.platform.consistency;

import io.freshet.platform.schedule.Operation;
import io.freshet.platform.schedule.Operations;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Consistency checks by REST; what becomes of one is told by its operation. */
@RestController
@Tag(name = "Consistency checks")
class ConsistencyController {
  private final ConsistencyChecks checks;
  private final Operations operations;

  ConsistencyController(ConsistencyChecks checks, Operations operations) {
    this.checks = checks;
    this.operations = operations;
  }

  @PostMapping("/api/v1/projects/{project}/sources/{source}/consistency-checks")
  ResponseEntity<Operation> request(
      @PathVariable("project") String project,
      @PathVariable("source") String source,
      @RequestBody ConsistencyRequest request) {
    return operations.accepted(checks.request(project, source, request).id());
  }
}
