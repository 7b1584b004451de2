package io.freshet.platform.registry;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;

/** Definitions of a kind, by name. */
record Listing(List<Item> items) {
  /**
   * A definition and its entity tag.
   *
   * @param definition as JSON, with its defaults written out
   */
  record Item(String name, String etag, @JsonRawValue String definition) {}

  static Listing of(List<StoredDefinition> definitions) {
    return new Listing(
        definitions.stream()
            .map(one -> new Item(one.address().name(), one.etag(), one.content()))
            .toList());
  }
}
