package io.freshet.aggregate;

import io.freshet.plan.FeaturePlan;
import io.freshet.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.hll.TgtHllType;
import org.apache.datasketches.hll.Union;
import org.apache.datasketches.memory.Memory;

/**
 * DataSketches' HyperLogLog with 2^12 registers of 8 bits: at most 4.2 kB, a standard error of 1.6
 * %, near exact for some hundred values. A union is kept throughout, for it takes values and other
 * sketches; the composite estimate is asked for, for it depends on what was offered and not on the
 * order or the grouping.
 */
record HyperLogLog(ValueType valueType) implements Summary<Union> {
  private static final int LG_REGISTERS = 12;

  /** No UTF-8 text has this byte; the sketch passes over an empty array. */
  private static final byte[] EMPTY_TEXT = {(byte) 0xFF};

  static long estimate(Union sketch) {
    return Math.round(sketch.getCompositeEstimate());
  }

  @Override
  public Class<Union> type() {
    return Union.class;
  }

  @Override
  public Union empty() {
    return new Union(LG_REGISTERS);
  }

  @Override
  public void add(Union sketch, Object value) {
    switch (valueType) {
      case INT64 -> sketch.update((Long) value);
      case FLOAT64 -> sketch.update(Double.doubleToLongBits((Double) value));
      case BOOLEAN -> sketch.update((Boolean) value ? 1L : 0L);
      case TIMESTAMP -> sketch.update(((Instant) value).toEpochMilli());
      case STRING -> {
        byte[] utf8 = ((String) value).getBytes(StandardCharsets.UTF_8);
        sketch.update(utf8.length == 0 ? EMPTY_TEXT : utf8);
      }
    }
  }

  @Override
  public void merge(Union into, Union from) {
    into.update(from.getResult(TgtHllType.HLL_8));
  }

  @Override
  public void merge(Union into, byte[] from) {
    into.update(HllSketch.wrap(Memory.wrap(from)));
  }

  @Override
  public Object result(FeaturePlan feature, Union sketch) {
    return estimate(sketch);
  }

  @Override
  public byte[] encode(Object kept) {
    return ((Union) kept).toCompactByteArray();
  }

  @Override
  public Object decode(byte[] bytes) {
    return Union.heapify(bytes);
  }
}
