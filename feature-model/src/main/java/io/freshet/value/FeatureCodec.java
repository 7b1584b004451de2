package io.freshet.value;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The packed form of a feature's value that is not null: a scalar as {@link ScalarCodec} packs it;
 * a list as its size (4 bytes) and its elements; counts as their number (4 bytes) and each text
 * with its count, in ascending order of the texts.
 */
final class FeatureCodec {
  private FeatureCodec() {}

  static int sizeOf(FeatureType type, Object value) {
    return switch (type.shape()) {
      case SCALAR -> ScalarCodec.sizeOf(type.element(), value);
      case LIST -> {
        int size = Integer.BYTES;
        for (Object element : (List<?>) value) {
          size += ScalarCodec.sizeOf(type.element(), element);
        }
        yield size;
      }
      case COUNTS -> {
        int size = Integer.BYTES;
        for (Object text : ((Map<?, ?>) value).keySet()) {
          size += ScalarCodec.sizeOf(ValueType.STRING, text) + Long.BYTES;
        }
        yield size;
      }
    };
  }

  static void put(ByteBuffer out, FeatureType type, Object value) {
    switch (type.shape()) {
      case SCALAR -> ScalarCodec.put(out, type.element(), value);
      case LIST -> {
        List<?> elements = (List<?>) value;
        out.putInt(elements.size());
        elements.forEach(element -> ScalarCodec.put(out, type.element(), element));
      }
      case COUNTS -> {
        SortedMap<?, ?> counts = (SortedMap<?, ?>) value;
        out.putInt(counts.size());
        counts.forEach(
            (text, count) -> {
              ScalarCodec.put(out, ValueType.STRING, text);
              out.putLong((Long) count);
            });
      }
    }
  }

  static Object take(ByteBuffer in, FeatureType type) {
    return switch (type.shape()) {
      case SCALAR -> ScalarCodec.take(in, type.element());
      case LIST -> list(in, type.element());
      case COUNTS -> counts(in);
    };
  }

  private static List<Object> list(ByteBuffer in, ValueType element) {
    int size = in.getInt();
    List<Object> elements = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      elements.add(ScalarCodec.take(in, element));
    }
    return Collections.unmodifiableList(elements);
  }

  private static SortedMap<String, Long> counts(ByteBuffer in) {
    int size = in.getInt();
    SortedMap<String, Long> counts = new TreeMap<>();
    for (int i = 0; i < size; i++) {
      counts.put((String) ScalarCodec.take(in, ValueType.STRING), in.getLong());
    }
    return Collections.unmodifiableSortedMap(counts);
  }
}
