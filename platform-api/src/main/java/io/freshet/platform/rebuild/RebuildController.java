package io.freshet.platform.rebuild;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.freshet.platform.registry.RegistryReads;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Rebuilds on command, and what is known of the online store. */
@RestController
@Tag(name = "Online store")
@RequestMapping("/api/v1")
class RebuildController {
  private static final String REASON = "A rebuild was asked for";

  private final RegistryReads registry;
  private final Rebuilds rebuilds;
  private final StoreMarkTable table;
  private final StoreWatch watch;

  RebuildController(
      RegistryReads registry, Rebuilds rebuilds, StoreMarkTable table, StoreWatch watch) {
    this.registry = registry;
    this.rebuilds = rebuilds;
    this.table = table;
    this.watch = watch;
  }

  /**
   * What begins again.
   *
   * @param views an entry a view and engine
   */
  record Rebuild(List<RebuiltView> views) {}

  /**
   * What is known of the online store.
   *
   * @param problem why it could not be looked at the last time
   * @param losses how often it had lost its data
   * @param lostAt when that was last seen
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record StoreStatus(
      boolean reached, @Nullable String problem, int losses, @Nullable Instant lostAt) {}

  @PostMapping("/projects/{project}/online-store/rebuild")
  ResponseEntity<Rebuild> project(@PathVariable("project") String project) {
    registry.requireProject(project);
    return ResponseEntity.accepted().body(new Rebuild(rebuilds.project(project, REASON)));
  }

  @PostMapping("/projects/{project}/views/{view}/rebuild")
  ResponseEntity<Rebuild> view(
      @PathVariable("project") String project, @PathVariable("view") String view) {
    registry.requireProject(project);
    return ResponseEntity.accepted()
        .body(new Rebuild(rebuilds.view(registry.view(project, view).plan(), REASON)));
  }

  @GetMapping("/online-store")
  StoreStatus status() {
    StoreMark mark = table.read();
    String problem = watch.problem().orElse(null);
    return new StoreStatus(problem == null, problem, mark.losses(), mark.lostAt());
  }
}
