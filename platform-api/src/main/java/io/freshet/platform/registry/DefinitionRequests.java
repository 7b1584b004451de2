package io.freshet.platform.registry;

import io.freshet.definition.Definitions;
import io.freshet.definition.Document;
import io.freshet.definition.Kind;
import io.freshet.error.Violations;
import io.freshet.platform.registry.StoredDefinition.Address;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/** What the addresses of all kinds of definitions do alike. */
@Component
class DefinitionRequests {
  private final Registration registration;
  private final Removal removal;
  private final RegistryReads reads;

  DefinitionRequests(Registration registration, Removal removal, RegistryReads reads) {
    this.registration = registration;
    this.removal = removal;
    this.reads = reads;
  }

  ResponseEntity<DefinitionAnswer> put(Address address, String body, @Nullable String ifMatch) {
    Registered registered =
        registration.register(documentFor(address, body), new Precondition(ifMatch)).get(0);
    HttpStatus status =
        registered.change().effect() == PlannedChange.Effect.CREATE
            ? HttpStatus.CREATED
            : HttpStatus.OK;
    return ResponseEntity.status(status)
        .eTag(registered.change().definition().etag())
        .body(DefinitionAnswer.of(registered));
  }

  DefinitionAnswer preview(Address address, String body, @Nullable String ifMatch) {
    return DefinitionAnswer.ofPreview(
        registration.preview(documentFor(address, body), new Precondition(ifMatch)).get(0));
  }

  ResponseEntity<String> read(Address address) {
    StoredDefinition definition = reads.definition(address);
    return ResponseEntity.ok()
        .eTag(definition.etag())
        .contentType(MediaType.APPLICATION_JSON)
        .body(definition.content());
  }

  ResponseEntity<Void> delete(Address address, @Nullable String ifMatch) {
    removal.remove(address, new Precondition(ifMatch));
    return ResponseEntity.noContent().build();
  }

  /** The one document of the body, which must say of itself what the address says. */
  private static List<Document> documentFor(Address address, String body) {
    List<Document> documents = Definitions.read(body);
    Violations faults = new Violations();
    if (documents.size() != 1) {
      faults.add(
          "document",
          "Cannot put %d documents at one address, send them to /api/v1/apply"
              .formatted(documents.size()));
    }
    Document document = documents.get(0);
    String kind = document.kind().map(Kind::wireName).orElse(address.kind().wireName());
    expect(faults, "kind", kind, address.kind().wireName());
    expect(faults, "metadata.name", document.name().orElse(address.name()), address.name());
    if (address.kind() != Kind.PROJECT) {
      String project = document.project().orElse(address.project());
      expect(faults, "metadata.project", project, address.project());
    }
    faults.throwIfAny(document.subject());
    return documents;
  }

  private static void expect(Violations faults, String path, String said, String addressed) {
    if (!said.equals(addressed)) {
      faults.add(
          path, "Cannot put " + said + " at the address of " + addressed + ", make them one");
    }
  }
}
