package io.freshet.platform.training;

import io.freshet.platform.schedule.Operation;
import io.freshet.platform.schedule.Operations;
import io.swagger.v3.oas.annotations.tags.Tag;
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
    return operations.accepted(trainingSets.request(project, request).id());
  }
}
