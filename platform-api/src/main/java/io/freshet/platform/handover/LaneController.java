package io.freshet.platform.handover;

import io.freshet.platform.registry.LaneSteps;
import io.freshet.platform.registry.RegistryReads;
import io.freshet.platform.registry.ViewVersion;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Shows the lanes of a view. */
@RestController
@Tag(name = "Lanes")
class LaneController {
  private static final int SHOWN = 20;

  private final RegistryReads registry;
  private final LaneSteps lanes;

  LaneController(RegistryReads registry, LaneSteps lanes) {
    this.registry = registry;
    this.lanes = lanes;
  }

  @GetMapping("/api/v1/projects/{project}/views/{view}/lanes")
  LanesOfView lanes(@PathVariable("project") String project, @PathVariable("view") String view) {
    registry.requireProject(project);
    ViewVersion version = registry.view(project, view);
    int number = version.plan().number();
    return new LanesOfView(
        view, number, lanes.newest(number, SHOWN).stream().map(LaneAnswer::of).toList());
  }

  /**
   * The newest lanes of a view's live version, the newest first.
   *
   * @param number of the version
   */
  record LanesOfView(String view, int number, List<LaneAnswer> lanes) {}
}
