package io.freshet.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowCodecTest {
  @Test
  void aRowHasThePackedFormThatIsDocumented() {
    RowCodec codec =
        RowCodec.ofScalars(
            List.of(
                ValueType.TIMESTAMP,
                ValueType.INT64,
                ValueType.FLOAT64,
                ValueType.STRING,
                ValueType.BOOLEAN,
                ValueType.INT64));

    byte[] bytes =
        codec.encode(new @Nullable Object[] {Instant.ofEpochMilli(1), -2L, 1.0, "ü", true, null});

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "20"
                + "0000000000000001"
                + "fffffffffffffffe"
                + "3ff0000000000000"
                + "00000002c3bc"
                + "01");
  }

  @Test
  void tenNumbersAreBitmapAndEightBytesEach() {
    RowCodec codec = RowCodec.ofScalars(Collections.nCopies(10, ValueType.FLOAT64));

    assertThat(codec.encode(Collections.nCopies(10, 1.5).toArray())).hasSize(2 + 10 * 8);
    assertThat(codec.encode(new @Nullable Object[10])).hasSize(2);
  }

  @Test
  void listsAndCountsHaveThePackedFormThatIsDocumented() {
    RowCodec codec = new RowCodec(List.of(FeatureType.listOf(ValueType.INT64), FeatureType.COUNTS));

    byte[] bytes =
        codec.encode(
            new @Nullable Object[] {List.of(1L, 2L), new TreeMap<>(Map.of("b", 3L, "a", 4L))});

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "00"
                + "00000002"
                + "0000000000000001"
                + "0000000000000002"
                + "00000002"
                + "0000000161"
                + "0000000000000004"
                + "0000000162"
                + "0000000000000003");
  }

  @Test
  void everyRowIsReadBack() {
    for (long seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      List<FeatureType> types = new ArrayList<>();
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        FeatureType type = type(random);
        types.add(type);
        row.add(random.nextInt(4) == 0 ? null : value(random, type));
      }
      RowCodec codec = new RowCodec(types);
      ByteBuffer in = ByteBuffer.wrap(codec.encode(row.toArray()));

      assertThat(codec.decode(in)).as("seed %d", seed).isEqualTo(row.toArray());
      assertThat(in.hasRemaining()).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    assertThatThrownBy(
            () -> RowCodec.ofScalars(List.of(ValueType.INT64)).encode(new Object[] {1L, 2L}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot pack a row of 2 values: the schema has 1");
  }

  @Test
  void keysAreTheSameOnlyIfTheirPartsAre() {
    EntityKeyCodec keys =
        new EntityKeyCodec(
            List.of(
                Column.required("a", ValueType.STRING), Column.required("b", ValueType.STRING)));

    assertThat(keys.encode(new Object[] {"ab", "c"}))
        .isNotEqualTo(keys.encode(new Object[] {"a", "bc"}))
        .isEqualTo(keys.encode(new Object[] {"ab", "c"}));
    assertThat(Arrays.asList(keys.decode(keys.encode(new Object[] {"", "é"}))))
        .containsExactly("", "é");
  }

  @Test
  void aKeyWithAMissingPartIsRefused() {
    EntityKeyCodec keys = new EntityKeyCodec(List.of(Column.required("a", ValueType.INT64)));

    assertThatThrownBy(() -> keys.encode(new @Nullable Object[] {null}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("join key a is null");
  }

  private static FeatureType type(Random random) {
    ValueType element = List.of(ValueType.values()).get(random.nextInt(5));
    return switch (random.nextInt(4)) {
      case 0 -> FeatureType.listOf(element);
      case 1 -> FeatureType.COUNTS;
      default -> FeatureType.scalar(element);
    };
  }

  private static Object value(Random random, FeatureType type) {
    return switch (type.shape()) {
      case SCALAR -> value(random, type.element());
      case LIST ->
          random.ints(random.nextInt(4)).mapToObj(i -> value(random, type.element())).toList();
      case COUNTS -> {
        TreeMap<String, Long> counts = new TreeMap<>();
        random.ints(random.nextInt(4)).forEach(i -> counts.put("t" + i, random.nextLong()));
        yield counts;
      }
    };
  }

  private static Object value(Random random, ValueType type) {
    return switch (type) {
      case INT64 -> random.nextLong();
      case FLOAT64 -> random.nextInt(5) == 0 ? Double.NaN : random.nextGaussian();
      case STRING -> "é😀x".repeat(random.nextInt(4));
      case BOOLEAN -> random.nextBoolean();
      case TIMESTAMP -> Instant.ofEpochMilli(random.nextInt());
    };
  }
}
