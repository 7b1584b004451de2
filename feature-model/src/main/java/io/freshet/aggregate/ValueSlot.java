package io.freshet.aggregate;

import static java.util.Objects.requireNonNull;

import io.freshet.value.ValueType;
import java.time.Instant;

/** Where a tile keeps one value of a type: in a word, or for strings in an object. */
record ValueSlot(ValueType type, int word, int object) {
  int words() {
    return type == ValueType.STRING ? 0 : 1;
  }

  int objects() {
    return type == ValueType.STRING ? 1 : 0;
  }

  Object read(KeyTiles tiles, int tile) {
    return switch (type) {
      case INT64 -> tiles.word(tile, word);
      case FLOAT64 -> tiles.real(tile, word);
      case BOOLEAN -> tiles.word(tile, word) != 0;
      case TIMESTAMP -> Instant.ofEpochMilli(tiles.word(tile, word));
      case STRING -> requireNonNull(tiles.object(tile, object), "a string that was kept");
    };
  }

  void write(KeyTiles tiles, int tile, Object value) {
    switch (type) {
      case INT64 -> tiles.word(tile, word, (Long) value);
      case FLOAT64 -> tiles.real(tile, word, (Double) value);
      case BOOLEAN -> tiles.word(tile, word, (Boolean) value ? 1 : 0);
      case TIMESTAMP -> tiles.word(tile, word, ((Instant) value).toEpochMilli());
      case STRING -> tiles.object(tile, object, value);
    }
  }

  /** A total order over the type's values; doubles as {@link Double#compare} has them. */
  int compare(Object left, Object right) {
    return switch (type) {
      case INT64 -> Long.compare((Long) left, (Long) right);
      case FLOAT64 -> Double.compare((Double) left, (Double) right);
      case BOOLEAN -> Boolean.compare((Boolean) left, (Boolean) right);
      case TIMESTAMP -> ((Instant) left).compareTo((Instant) right);
      case STRING -> ((String) left).compareTo((String) right);
    };
  }
}
