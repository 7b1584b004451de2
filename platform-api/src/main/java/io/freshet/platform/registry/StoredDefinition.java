package io.freshet.platform.registry;

import io.freshet.definition.Definition;
import io.freshet.definition.Definitions;
import io.freshet.definition.Kind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A definition as the registry keeps it.
 *
 * @param content its canonical JSON
 */
record StoredDefinition(Address address, String content) {
  private static final int ETAG_BYTES = 16;

  /** Where a definition is: a project's own name stands in both places. */
  record Address(Kind kind, String project, String name) {
    static Address of(Definition definition) {
      return new Address(
          definition.kind(), definition.metadata().project(), definition.metadata().name());
    }

    /** How messages call it: {@code FeatureView origin_delays of project flights}. */
    String subject() {
      return kind == Kind.PROJECT
          ? kind.wireName() + " " + name
          : kind.wireName() + " " + name + " of project " + project;
    }
  }

  static StoredDefinition of(Definition definition) {
    return new StoredDefinition(Address.of(definition), Definitions.toJson(definition));
  }

  /** Equal for equal contents, in the quotes that HTTP wants. */
  String etag() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
      return '"' + HexFormat.of().formatHex(digest, 0, ETAG_BYTES) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  Definition definition() {
    return Definitions.unbound(Definitions.read(content).get(0));
  }
}
