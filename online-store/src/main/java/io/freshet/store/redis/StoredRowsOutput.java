package io.freshet.store.redis;

import io.freshet.store.StoredRow;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The answer of an HMGET over rows, taken from the network's buffer without a copy between. A value
 * that is no row does not break the connection: it is remembered as {@link #fault}.
 */
final class StoredRowsOutput extends CommandOutput<byte[], byte[], @Nullable StoredRow[]> {
  private int next;
  private @Nullable String fault;

  StoredRowsOutput(int views) {
    super(ByteArrayCodec.INSTANCE, new StoredRow[views]);
  }

  @Override
  public void set(@Nullable ByteBuffer value) {
    int view = next++;
    if (value == null || view >= output.length) {
      return;
    }
    try {
      output[view] = RedisLayout.storedRow(value);
    } catch (IllegalArgumentException e) {
      fault = e.getMessage();
    }
  }

  @Nullable String fault() {
    return fault;
  }
}
