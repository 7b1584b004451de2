package io.freshet.platform.registry;

import io.freshet.definition.Definitions;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Registers many documents at once: all of them or none. */
@RestController
class ApplyController {
  private final Registration registration;

  ApplyController(Registration registration) {
    this.registration = registration;
  }

  @PostMapping(
      path = "/api/v1/apply",
      consumes = {DefinitionTypes.YAML, DefinitionTypes.OLD_YAML, DefinitionTypes.JSON})
  Applied apply(@RequestBody String body) {
    return new Applied(
        registration.register(Definitions.read(body), Precondition.NONE).stream()
            .map(DefinitionAnswer::of)
            .toList());
  }

  /** The same without effect. */
  @PostMapping(
      path = "/api/v1/apply",
      params = "dryRun=true",
      consumes = {DefinitionTypes.YAML, DefinitionTypes.OLD_YAML, DefinitionTypes.JSON})
  Applied preview(@RequestBody String body) {
    return new Applied(
        registration.preview(Definitions.read(body), Precondition.NONE).stream()
            .map(DefinitionAnswer::ofPreview)
            .toList());
  }

  /**
   * The answer.
   *
   * @param results one a document, each after what it refers to
   */
  record Applied(List<DefinitionAnswer> results) {}
}
