package io.freshet.platform.reconcile.flink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * A small real job with the contract of the streaming job: one argument, retained checkpoints under
 * the plan's folder, counters of dead letters and late events. It counts its ticks in its state, in
 * files of their own. It fails while the system property {@value #FAILS} is set, saying that; and
 * says that as many records are pending, and as many were shed of the view {@code delays}, as the
 * properties {@value #PENDING} and {@value #SHED} say.
 */
public final class TickingJob {
  public static final String FAILS = "freshet.test.job-fails";

  /** The restart strategy of jobs that are started from then on: none or fixed-delay. */
  public static final String RESTARTS = "freshet.test.job-restarts";

  public static final String PENDING = "freshet.test.pending";
  public static final String SHED = "freshet.test.shed";

  /** A gauge of how many ticks there were since the first start of all. */
  public static final String COUNTED = "counted";

  private static final double TICKS_PER_SECOND = 20;

  private TickingJob() {}

  public static void main(String[] arguments) throws Exception {
    StreamingJobPlan plan = PlanCodec.decode(arguments[0].getBytes(UTF_8), StreamingJobPlan.class);
    Configuration settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, java.time.Duration.ofMillis(500));
    settings.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, plan.checkpoints().directory());
    settings.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    settings.set(CheckpointingOptions.FS_SMALL_FILE_THRESHOLD, MemorySize.ZERO);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, System.getProperty(RESTARTS, "none"));
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    settings.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
        java.time.Duration.ofMillis(200));
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    job.fromSource(
            new DataGeneratorSource<>(
                index -> index,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(TICKS_PER_SECOND),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "ticks")
        .uid("ticks")
        .map(new CountBad())
        .uid("count")
        .sinkTo(new DiscardingSink<>())
        .uid("sink");
    job.execute(plan.jobName());
  }

  /** Writes the job as a jar, as the build does with the streaming job. */
  public static Path writeJar(Path jar) throws IOException {
    return writeJar(jar, "one");
  }

  /**
   * @param release another one is another content, and does the same
   */
  public static Path writeJar(Path jar, String release) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, TickingJob.class.getName());
    String packagePath = TickingJob.class.getPackageName().replace('.', '/');
    Path classes = Path.of("target/test-classes", packagePath);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.list(classes)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("TickingJob")).toList()) {
        zip.putNextEntry(new JarEntry(packagePath + "/" + file.getFileName()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
      zip.putNextEntry(new JarEntry("release"));
      zip.write(release.getBytes(UTF_8));
      zip.closeEntry();
    }
    return jar;
  }

  private static final class CountBad extends RichMapFunction<Long, Long>
      implements CheckpointedFunction {
    private transient @Nullable Counter deadLetters;
    private transient @Nullable Counter lateEvents;
    private transient @Nullable ListState<Long> kept;
    private long counted;

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
      kept =
          context
              .getOperatorStateStore()
              .getListState(new ListStateDescriptor<>("counted", Types.LONG));
      for (long part : kept.get()) {
        counted += part;
      }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
      requireNonNull(kept).update(List.of(counted));
    }

    @Override
    public void open(OpenContext context) {
      deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
      lateEvents = getRuntimeContext().getMetricGroup().counter("lateEvents");
      getRuntimeContext().getMetricGroup().gauge(COUNTED, () -> counted);
      getRuntimeContext().getMetricGroup().gauge("unreadableDefinitions", () -> 3);
      getRuntimeContext().getMetricGroup().gauge("historiesUnusable", () -> 2);
      getRuntimeContext().getMetricGroup().gauge("pendingRecords", () -> Long.getLong(PENDING, 0));
      getRuntimeContext()
          .getMetricGroup()
          .addGroup("view", "delays")
          .addGroup("lane", "1")
          .gauge("shedEvents", () -> Long.getLong(SHED, 0));
    }

    @Override
    public Long map(Long tick) {
      String failure = System.getProperty(FAILS);
      if (failure != null) {
        throw new IllegalStateException(failure);
      }
      counted++;
      requireNonNull(deadLetters).inc();
      if (tick % 2 == 0) {
        requireNonNull(lateEvents).inc();
      }
      return tick;
    }
  }
}
