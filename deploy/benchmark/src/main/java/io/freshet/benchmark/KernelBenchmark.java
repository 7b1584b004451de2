package io.freshet.benchmark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one key of the {@link BenchmarkView} costs an event and a read, kept in each way. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 5,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-XX:+UseSerialGC"})
public class KernelBenchmark {
  /** A key that does not go on in time, for reads. */
  @State(Scope.Thread)
  public static class ReadKey {
    @Param public Contender contender = Contender.PACKED;

    private FullKey key = new FullKey(contender);

    @Setup
    public void fill() {
      key = new FullKey(contender);
    }
  }

  /** A key that does not go on in time, for events; only ways to keep it that have tiles. */
  @State(Scope.Thread)
  public static class TiledKey {
    @Param({"PACKED", "BOXED"})
    public Contender contender = Contender.PACKED;

    private FullKey key = new FullKey(contender);

    @Setup
    public void fill() {
      key = new FullKey(contender);
    }
  }

  /** A key in the middle of its stream, with all of the longest window behind it. */
  @State(Scope.Thread)
  public static class RollKey {
    @Param public Contender contender = Contender.PACKED;

    private RollingKey key = RollingKey.filled(contender, Duration.ZERO);

    @Setup
    public void fill() {
      key = RollingKey.filled(contender, Duration.ofDays(7));
    }
  }

  /** An event enters its tile. */
  @Benchmark
  public void add(TiledKey tiled) {
    tiled.key.addNext();
  }

  /** All fifteen features as of a time, over 144 tiles. */
  @Benchmark
  public @Nullable Object[] read(ReadKey read) {
    return read.key.values();
  }

  /** An event enters, time goes on to it, and all fifteen features are read. */
  @Benchmark
  public @Nullable Object[] roll(RollKey roll) {
    return roll.key.roll();
  }
}
