package io.freshet.platform.registry;

import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The routes of views, as they were decided and stored. */
@RestController
class RouteController {
  private final RegistryReads reads;

  RouteController(RegistryReads reads) {
    this.reads = reads;
  }

  @GetMapping("/api/v1/projects/{project}/routes")
  Routes routes(@PathVariable String project) {
    return new Routes(reads.routes(project));
  }

  @GetMapping("/api/v1/projects/{project}/views/{view}/route")
  RouteAnswer route(@PathVariable String project, @PathVariable String view) {
    return reads.route(project, view);
  }

  /** The routes of a project's live views, by name. */
  record Routes(List<RouteAnswer> routes) {}
}
