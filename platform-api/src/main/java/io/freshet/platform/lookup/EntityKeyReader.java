package io.freshet.platform.lookup;

import io.freshet.error.Violations;
import io.freshet.store.EntityRef;
import io.freshet.value.Column;
import io.freshet.value.EntityKeyCodec;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key of an entity from a row of a request, with the types that events of a source have.
 * Immutable and thread-safe.
 */
final class EntityKeyReader {
  private final String project;
  private final String entity;
  private final List<Column> joinKeys;
  private final EntityKeyCodec codec;

  EntityKeyReader(String project, String entity, List<Column> joinKeys) {
    this.project = project;
    this.entity = entity;
    this.joinKeys = List.copyOf(joinKeys);
    this.codec = new EntityKeyCodec(joinKeys);
  }

  /**
   * @param path of the row, for violations
   * @return null if the row has a fault, which was reported
   */
  @Nullable EntityRef read(Map<String, @Nullable Object> row, String path, Violations faults) {
    Object[] values = new Object[joinKeys.size()];
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      Column key = joinKeys.get(i);
      Object given = row.get(key.name());
      Object value = given == null ? null : GivenValue.of(given, key.type());
      if (value == null) {
        faults.add(path + "." + key.name(), fault(key, given));
        complete = false;
      } else {
        values[i] = value;
      }
    }
    return complete ? new EntityRef(project, entity, codec.encode(values)) : null;
  }

  private String fault(Column key, @Nullable Object given) {
    String wanted =
        "entity %s has join key %s of type %s".formatted(entity, key.name(), key.type().wireName());
    return given == null
        ? "Cannot look it up: " + wanted + ", which the row lacks, add it"
        : "Cannot look it up: " + wanted + ", but the row has " + given + ", correct it";
  }
}
