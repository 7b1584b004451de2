package io.freshet.definition;

import io.freshet.value.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What features describe.
 *
 * @param joinKeys the columns that identify one, all required, in the order of its key's bytes
 * @param expectedKeys how many there will be, by which engines are sized; null if nobody said
 */
public record Entity(Metadata metadata, List<Column> joinKeys, @Nullable Integer expectedKeys)
    implements Definition {
  public Entity {
    joinKeys = List.copyOf(joinKeys);
  }

  @Override
  public Kind kind() {
    return Kind.ENTITY;
  }
}
