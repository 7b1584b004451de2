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

/** Entities, sources, views of both kinds and services by REST. */
@RestController
@RequestMapping("/api/v1/projects/{project}/{kind:entities|sources|views|on-demand-views|services}")
class DefinitionController {
  private final DefinitionRequests requests;
  private final RegistryReads reads;

  DefinitionController(DefinitionRequests requests, RegistryReads reads) {
    this.requests = requests;
    this.reads = reads;
  }

  @GetMapping
  Listing list(@PathVariable String project, @PathVariable String kind) {
    return Listing.of(reads.list(project, kind(kind)));
  }

  @GetMapping("/{name}")
  ResponseEntity<String> read(
      @PathVariable String project, @PathVariable String kind, @PathVariable String name) {
    return requests.read(new Address(kind(kind), project, name));
  }

  @PutMapping(
      path = "/{name}",
      consumes = {DefinitionTypes.YAML, DefinitionTypes.OLD_YAML, DefinitionTypes.JSON})
  ResponseEntity<DefinitionAnswer> put(
      @PathVariable String project,
      @PathVariable String kind,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody String body) {
    return requests.put(new Address(kind(kind), project, name), body, ifMatch);
  }

  /** Answers with what the registration would do, and does nothing. */
  @PutMapping(
      path = "/{name}",
      params = "dryRun=true",
      consumes = {DefinitionTypes.YAML, DefinitionTypes.OLD_YAML, DefinitionTypes.JSON})
  DefinitionAnswer preview(
      @PathVariable String project,
      @PathVariable String kind,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
      @RequestBody String body) {
    return requests.preview(new Address(kind(kind), project, name), body, ifMatch);
  }

  @DeleteMapping("/{name}")
  ResponseEntity<Void> delete(
      @PathVariable String project,
      @PathVariable String kind,
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
    return requests.delete(new Address(kind(kind), project, name), ifMatch);
  }

  private static Kind kind(String plural) {
    return Kind.ofPlural(plural).orElseThrow();
  }
}
