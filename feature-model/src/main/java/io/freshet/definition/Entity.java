package io.freshet.definition;

import io.freshet.value.Column;
import java.util.List;

/**
 * What features describe.
 *
 * @param joinKeys the columns that identify one, all required, in the order of its key's bytes
 */
public record Entity(Metadata metadata, List<Column> joinKeys) implements Definition {
  public Entity {
    joinKeys = List.copyOf(joinKeys);
  }

  @Override
  public Kind kind() {
    return Kind.ENTITY;
  }
}
