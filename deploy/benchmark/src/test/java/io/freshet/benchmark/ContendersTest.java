package io.freshet.benchmark;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.oracle.SameValue;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContendersTest {
  static LongStream seeds() {
    return LongStream.concat(LongStream.range(0, 10), new Random().longs(5));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void allContendersGiveTheSameValuesAtEachEventOfAStream(long seed) {
    Random random = new Random(seed);
    Map<Contender, Kept> contenders = new EnumMap<>(Contender.class);
    for (Contender contender : Contender.values()) {
      contenders.put(contender, new Kept(contender.emptyKey()));
    }
    long time = random.nextLong(1L << 40);
    for (int i = 0; i < 800; i++) {
      time += random.nextInt(50) == 0 ? random.nextLong(90_000_000) : random.nextLong(1_200_000);
      @Nullable Object[] inputs = {random.nextInt(9) == 0 ? null : random.nextGaussian()};
      Map<Contender, @Nullable Object[]> values = new EnumMap<>(Contender.class);
      long now = time;
      contenders.forEach((contender, kept) -> values.put(contender, kept.roll(now, inputs)));
      @Nullable Object[] expected = requireNonNull(values.get(Contender.SLIDING));
      assertThat(values.values())
          .as("seed %d, event %d", seed, i)
          .allMatch(one -> SameValue.allSame(one, expected));
    }
  }

  @Test
  void theFullKeyHas144Tiles() {
    FullKey key = new FullKey(Contender.PACKED);

    assertThat(((PackedTiles) key.view()).tiles()).isEqualTo(144);
  }

  @Test
  void aKeyInTheMiddleOfItsStreamIsTheSameInEachWay() {
    RollingKey packed = RollingKey.filled(Contender.PACKED, Duration.ofDays(7));
    RollingKey boxed = RollingKey.filled(Contender.BOXED, Duration.ofDays(7));
    RollingKey sliding = RollingKey.filled(Contender.SLIDING, Duration.ofDays(7));

    @Nullable Object[] values = packed.roll();

    assertThat(SameValue.allSame(boxed.roll(), values)).isTrue();
    assertThat(SameValue.allSame(sliding.roll(), values)).isTrue();
  }

  /** A key that lets go of what it need not keep. */
  private static final class Kept {
    private final RollingView view;
    private long expiresAt = Long.MAX_VALUE;

    Kept(RollingView view) {
      this.view = view;
    }

    @Nullable Object[] roll(long timeMillis, @Nullable Object[] inputs) {
      view.add(timeMillis, inputs);
      if (timeMillis + 1 >= expiresAt) {
        view.expire(timeMillis + 1);
      }
      expiresAt = view.expiresAt(timeMillis + 1);
      return view.valuesAsOf(timeMillis + 1);
    }
  }
}
