package io.freshet.aggregate;

import static java.util.Objects.requireNonNull;

import io.freshet.value.ValueType;
import java.time.Instant;
import java.util.List;

/** Where a tile keeps one value of a type: in a word, or for strings in an object. */
record ValueSlot(ValueOrder order, int word, ObjectSlot<String> text) {
  static ValueSlot of(ValueType type, int word, int object) {
    return new ValueSlot(
        new ValueOrder(type), word, new ObjectSlot<>(object, String.class, TextForm.UTF_8));
  }

  int words() {
    return isText() ? 0 : 1;
  }

  List<ObjectForm> objects() {
    return isText() ? List.of(text.form()) : List.of();
  }

  Object read(KeyTiles tiles, int tile) {
    return switch (order.type()) {
      case INT64 -> tiles.word(tile, word);
      case FLOAT64 -> tiles.real(tile, word);
      case BOOLEAN -> tiles.word(tile, word) != 0;
      case TIMESTAMP -> Instant.ofEpochMilli(tiles.word(tile, word));
      case STRING -> requireNonNull(text.read(tiles, tile), "a string that was kept");
    };
  }

  void write(KeyTiles tiles, int tile, Object value) {
    switch (order.type()) {
      case INT64 -> tiles.word(tile, word, (Long) value);
      case FLOAT64 -> tiles.word(tile, word, Double.doubleToLongBits((Double) value));
      case BOOLEAN -> tiles.word(tile, word, (Boolean) value ? 1 : 0);
      case TIMESTAMP -> tiles.word(tile, word, ((Instant) value).toEpochMilli());
      case STRING -> text.write(tiles, tile, (String) value);
    }
  }

  int compare(Object left, Object right) {
    return order.compare(left, right);
  }

  /** A number by which words of the type are ordered as their values are. */
  long rank(long value) {
    // The bits of negative doubles ascend where the doubles descend.
    return order.type() == ValueType.FLOAT64 ? value ^ ((value >> 63) & Long.MAX_VALUE) : value;
  }

  boolean isText() {
    return order.type() == ValueType.STRING;
  }
}
