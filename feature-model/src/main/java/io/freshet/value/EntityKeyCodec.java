package io.freshet.value;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The canonical bytes of an entity's join keys: the packed row of the keys in the entity's order.
 * Two keys have the same bytes only if they are equal. Immutable and thread-safe.
 */
public final class EntityKeyCodec {
  private final List<Column> joinKeys;
  private final RowCodec rows;

  public EntityKeyCodec(List<Column> joinKeys) {
    this.joinKeys = List.copyOf(joinKeys);
    this.rows = RowCodec.ofScalars(joinKeys.stream().map(Column::type).toList());
  }

  /**
   * @param values one value a join key, in the entity's order
   * @throws IllegalArgumentException if a value is null: a key has no missing part
   */
  public byte[] encode(Object[] values) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        throw new IllegalArgumentException(
            "Cannot make an entity key: join key "
                + joinKeys.get(i).name()
                + " is null, give every join key a value");
      }
    }
    return rows.encode(values);
  }

  public @Nullable Object[] decode(byte[] key) {
    return rows.decode(ByteBuffer.wrap(key));
  }
}
