package io.freshet.platform.training;

import io.freshet.platform.schedule.Operation;
import io.freshet.platform.schedule.Operations;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Training sets by REST; what becomes of one is told by its operation. */
@RestController
@Tag(name = "Training sets")
class TrainingSetController {
  private final TrainingSets trainingSets;
  private final Operations operations;

  TrainingSetController(TrainingSets trainingSets, Operations operations) {
    this.trainingSets = trainingSets;
    this.operations = operations;
  }

  @PostMapping("/api/v1/projects/{project}/training-sets")
  ResponseEntity<Operation> request(
      @PathVariable("project") String project, @RequestBody TrainingSetRequest request) {
    Operation operation = operations.find(trainingSets.request(project, request).id());
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/operations/" + operation.id()))
        .body(operation);
  }
}
