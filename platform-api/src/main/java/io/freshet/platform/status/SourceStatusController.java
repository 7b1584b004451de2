package io.freshet.platform.status;

import io.freshet.platform.web.Refusal;
import io.freshet.platform.web.RequestRefusedException;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Says what the engines do for a source. */
@RestController
@Tag(name = "Status")
class SourceStatusController {
  private final SourceStatusReport report;

  SourceStatusController(SourceStatusReport report) {
    this.report = report;
  }

  @GetMapping("/api/v1/projects/{project}/sources/{source}/status")
  SourceStatus status(
      @PathVariable("project") String project, @PathVariable("source") String source) {
    return report
        .of(project, source)
        .orElseThrow(
            () ->
                new RequestRefusedException(
                    Refusal.NOT_FOUND,
                    "Cannot show the status of source "
                        + project
                        + "/"
                        + source
                        + ": it is not registered"));
  }
}
