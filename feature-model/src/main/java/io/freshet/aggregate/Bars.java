package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import io.freshet.value.ScalarCodec;
import io.freshet.value.ValueType;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How often each text occurs, up to a number of distinct texts; beyond it, the mere fact that there
 * are more. Mutable.
 */
final class Bars {
  private final SortedMap<String, Long> counts = new TreeMap<>();
  private boolean beyond;

  private void add(String text, long count, int bound) {
    if (!beyond) {
      counts.merge(text, count, Long::sum);
      if (counts.size() > bound) {
        goBeyond();
      }
    }
  }

  private void goBeyond() {
    beyond = true;
    counts.clear();
  }

  /**
   * How many bars there may be. A value's text is its canonical one: digits, true and false,
   * ISO-8601 in UTC. The binary form is the number of texts (4 bytes, -1 if they are more than the
   * bound), then each with its count (8 bytes).
   */
  record Rule(int bound) implements Summary<Bars> {
    private static final int BEYOND = -1;

    @Override
    public Class<Bars> type() {
      return Bars.class;
    }

    @Override
    public Bars empty() {
      return new Bars();
    }

    @Override
    public void add(Bars bars, Object value) {
      bars.add(value.toString(), 1, bound);
    }

    @Override
    public void merge(Bars into, Bars from) {
      if (from.beyond) {
        into.goBeyond();
      } else {
        from.counts.forEach((text, count) -> into.add(text, count, bound));
      }
    }

    @Override
    public @Nullable Object result(FeaturePlan feature, Bars bars) {
      return bars.beyond ? null : Collections.unmodifiableSortedMap(new TreeMap<>(bars.counts));
    }

    @Override
    public byte[] encode(Object kept) {
      Bars bars = (Bars) kept;
      int size = Integer.BYTES;
      for (String text : bars.counts.keySet()) {
        size += ScalarCodec.sizeOf(ValueType.STRING, text) + Long.BYTES;
      }
      ByteBuffer out = ByteBuffer.allocate(size);
      out.putInt(bars.beyond ? BEYOND : bars.counts.size());
      for (Map.Entry<String, Long> bar : bars.counts.entrySet()) {
        ScalarCodec.put(out, ValueType.STRING, bar.getKey());
        out.putLong(bar.getValue());
      }
      return out.array();
    }

    @Override
    public Object decode(byte[] bytes) {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Bars bars = new Bars();
      int size = in.getInt();
      bars.beyond = size == BEYOND;
      for (int i = 0; i < size; i++) {
        bars.counts.put((String) ScalarCodec.take(in, ValueType.STRING), in.getLong());
      }
      return bars;
    }
  }
}
