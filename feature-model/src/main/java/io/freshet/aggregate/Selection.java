package io.freshet.aggregate;

import io.freshet.value.ScalarCodec;
import io.freshet.value.ValueType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * At most k entries of a time and a value, the best by an order first. What it holds depends on
 * which entries were offered and on nothing else. Immutable.
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Selection(long[] times, Object[] values) {
  static final Selection NONE = new Selection(new long[0], new Object[0]);

  /** An order of entries: by time, then by value, each forwards or backwards. */
  record Order(ValueOrder byValue, int sign) {
    int compare(long time, Object value, long otherTime, Object other) {
      int byTime = Long.compare(time, otherTime);
      return sign * (byTime != 0 ? byTime : byValue.compare(value, other));
    }
  }

  Selection with(long time, Object value, int k, Order order) {
    int at = values.length;
    while (at > 0 && order.compare(time, value, times[at - 1], values[at - 1]) < 0) {
      at--;
    }
    return at >= k ? this : inserted(at, time, value, Math.min(k, values.length + 1));
  }

  Selection with(Selection others, int k, Order order) {
    Selection all = this;
    for (int i = 0; i < others.values.length; i++) {
      all = all.with(others.times[i], others.values[i], k, order);
    }
    return all;
  }

  List<Object> list() {
    return List.of(values);
  }

  private Selection inserted(int at, long time, Object value, int size) {
    long[] newTimes = Arrays.copyOf(times, size);
    Object[] newValues = Arrays.copyOf(values, size);
    System.arraycopy(times, at, newTimes, at + 1, size - at - 1);
    System.arraycopy(values, at, newValues, at + 1, size - at - 1);
    newTimes[at] = time;
    newValues[at] = value;
    return new Selection(newTimes, newValues);
  }

  /** The number of entries (4 bytes), then each: its time (8 bytes) and its value. */
  record Form(ValueType type) implements ObjectForm {
    @Override
    public byte[] encode(Object kept) {
      Selection selection = (Selection) kept;
      int size = Integer.BYTES;
      for (Object value : selection.values) {
        size += Long.BYTES + ScalarCodec.sizeOf(type, value);
      }
      ByteBuffer out = ByteBuffer.allocate(size).putInt(selection.values.length);
      for (int i = 0; i < selection.values.length; i++) {
        out.putLong(selection.times[i]);
        ScalarCodec.put(out, type, selection.values[i]);
      }
      return out.array();
    }

    @Override
    public Object decode(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      int size = in.getInt();
      long[] times = new long[size];
      Object[] values = new Object[size];
      for (int i = 0; i < size; i++) {
        times[i] = in.getLong();
        values[i] = ScalarCodec.take(in, type);
      }
      return new Selection(times, values);
    }
  }
}
