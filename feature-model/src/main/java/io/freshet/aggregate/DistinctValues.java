package io.freshet.aggregate;

import io.freshet.plan.BeyondBound;
import io.freshet.plan.FeaturePlan;
import io.freshet.value.ScalarCodec;
import io.freshet.value.ValueType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/**
 * Distinct values: themselves up to a bound, beyond it a sketch of them or the mere fact that there
 * are more. Which of these it is depends on the values alone, not on their order. Mutable.
 */
final class DistinctValues {
  private final Set<Object> values = new HashSet<>();
  private @Nullable Union sketch;
  private boolean beyond;

  /**
   * Which values they are and how many are told apart. The binary form is what it is (1 byte): 0
   * the values, with their number (4 bytes) before them, in ascending order; 1 more than the bound;
   * 2 a sketch.
   */
  record Rule(ValueType valueType, int bound, BeyondBound beyondBound)
      implements Summary<DistinctValues> {
    private static final byte VALUES = 0;
    private static final byte BEYOND = 1;
    private static final byte SKETCH = 2;

    @Override
    public Class<DistinctValues> type() {
      return DistinctValues.class;
    }

    @Override
    public DistinctValues empty() {
      return new DistinctValues();
    }

    @Override
    public void add(DistinctValues distinct, Object value) {
      if (!distinct.beyond) {
        distinct.values.add(value);
        if (distinct.values.size() > bound) {
          goBeyond(distinct);
        }
      } else if (distinct.sketch != null) {
        hashed().add(distinct.sketch, value);
      }
    }

    @Override
    public void merge(DistinctValues into, DistinctValues from) {
      if (!from.beyond) {
        from.values.forEach(value -> add(into, value));
        return;
      }
      if (!into.beyond) {
        goBeyond(into);
      }
      if (into.sketch != null && from.sketch != null) {
        hashed().merge(into.sketch, from.sketch);
      }
    }

    @Override
    public @Nullable Object result(FeaturePlan feature, DistinctValues distinct) {
      if (!distinct.beyond) {
        return (long) distinct.values.size();
      }
      return distinct.sketch == null ? null : HyperLogLog.estimate(distinct.sketch);
    }

    @Override
    public byte[] encode(Object kept) {
      DistinctValues distinct = (DistinctValues) kept;
      if (!distinct.beyond) {
        return encodeValues(distinct.values);
      }
      if (distinct.sketch == null) {
        return new byte[] {BEYOND};
      }
      byte[] sketch = hashed().encode(distinct.sketch);
      return ByteBuffer.allocate(1 + sketch.length).put(SKETCH).put(sketch).array();
    }

    @Override
    public Object decode(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      DistinctValues distinct = new DistinctValues();
      byte kind = in.get();
      if (kind == VALUES) {
        int size = in.getInt();
        for (int i = 0; i < size; i++) {
          distinct.values.add(ScalarCodec.take(in, valueType));
        }
        return distinct;
      }
      distinct.beyond = true;
      if (kind == SKETCH) {
        byte[] sketch = new byte[in.remaining()];
        in.get(sketch);
        distinct.sketch = Union.heapify(sketch);
      }
      return distinct;
    }

    private void goBeyond(DistinctValues distinct) {
      distinct.beyond = true;
      if (beyondBound == BeyondBound.APPROXIMATE) {
        Union sketch = hashed().empty();
        distinct.values.forEach(value -> hashed().add(sketch, value));
        distinct.sketch = sketch;
      }
      distinct.values.clear();
    }

    private HyperLogLog hashed() {
      return new HyperLogLog(valueType);
    }

    private byte[] encodeValues(Set<Object> values) {
      List<Object> sorted = new ArrayList<>(values);
      sorted.sort(new ValueOrder(valueType));
      int size = 1 + Integer.BYTES;
      for (Object value : sorted) {
        size += ScalarCodec.sizeOf(valueType, value);
      }
      ByteBuffer out = ByteBuffer.allocate(size).put(VALUES).putInt(sorted.size());
      sorted.forEach(value -> ScalarCodec.put(out, valueType, value));
      return out.array();
    }
  }
}
