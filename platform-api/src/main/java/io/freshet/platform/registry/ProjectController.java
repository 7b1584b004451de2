package io.freshet.platform.registry;

import io.freshet.definition.Kind;
import io.freshet.platform.registry.StoredDefinition.Address;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Projects by REST. */
@RestController
@RequestMapping("/api/v1/projects")
class ProjectController {
  private final DefinitionRequests requests;
  private final DefinitionTable definitions;

  ProjectController(DefinitionRequests requests, DefinitionTable definitions) {
    this.requests = requests;
    this.definitions = definitions;
  }

  @GetMapping
  Listing list() {
    return Listing.of(definitions.projects());
  }

  @GetMapping("/{project}")
  ResponseEntity<String> read(@PathVariable String project) {
    return requests.read(at(project));
  }

  @PutMapping(
      path = "/{project}",
      consumes = {DefinitionTypes.YAML, DefinitionTypes.OLD_YAML, DefinitionTypes.JSON})
  ResponseEntity<DefinitionAnswer> put(
      @PathVariable String project,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody String body) {
    return requests.put(at(project), body, ifMatch);
  }

  @DeleteMapping("/{project}")
  ResponseEntity<Void> delete(
      @PathVariable String project,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return requests.delete(at(project), ifMatch);
  }

  private static Address at(String project) {
    return new Address(Kind.PROJECT, project, project);
  }
}
