package io.freshet.streaming.aggregation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.aggregate.KeyTiles;
import io.freshet.aggregate.ViewAggregator;
import io.freshet.streaming.Flights;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class KeyStateCodecTest {
  private static final ViewAggregator AGGREGATOR =
      ViewAggregator.of(Flights.view("codec", "recent", 1, 10_000).view());
  private static final KeyStateCodec CODEC = new KeyStateCodec(AGGREGATOR);
  private static final long T0 = 1_700_000_000_000L;

  @Test
  void readsWhatItPacked() {
    KeyState key = new KeyState(tiles(), T0 + 1);
    key.nextChangeMillis = T0 + 11_000;
    key.awaiting = true;

    byte[] packed = CODEC.pack(key);
    KeyState unpacked = CODEC.unpack(packed);

    assertThat(KeyStateCodec.awaits(packed)).isTrue();
    assertThat(unpacked.awaiting).isTrue();
    assertThat(unpacked.asOfMillis).isEqualTo(T0 + 1);
    assertThat(unpacked.nextChangeMillis).isEqualTo(T0 + 11_000);
    assertThat(AGGREGATOR.valuesAsOf(unpacked.tiles, T0 + 1)[0]).isEqualTo(1L);
  }

  @Test
  void readsVersion1() {
    byte[] tiles = AGGREGATOR.encode(tiles());
    byte[] packed =
        ByteBuffer.allocate(17 + tiles.length)
            .put((byte) 1)
            .putLong(T0 + 1)
            .putLong(T0 + 11_000)
            .put(tiles)
            .array();

    KeyState unpacked = CODEC.unpack(packed);

    assertThat(KeyStateCodec.awaits(packed)).isFalse();
    assertThat(unpacked.awaiting).isFalse();
    assertThat(unpacked.asOfMillis).isEqualTo(T0 + 1);
    assertThat(unpacked.nextChangeMillis).isEqualTo(T0 + 11_000);
    assertThat(unpacked.tiles.events()).isEqualTo(1);
  }

  @Test
  void refusesAnUnknownVersion() {
    assertThatThrownBy(() -> CODEC.unpack(new byte[] {3, 0}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read a key's state of version 3: this release reads versions 1 and 2");
  }

  private static KeyTiles tiles() {
    KeyTiles tiles = AGGREGATOR.empty();
    AGGREGATOR.add(tiles, T0, new Object[] {5L});
    return tiles;
  }
}
