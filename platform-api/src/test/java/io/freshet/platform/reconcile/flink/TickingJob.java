package io.freshet.platform.reconcile.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.plan.PlanCodec;
import io.freshet.plan.StreamingJobPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/**
 * A small real job with the contract of the streaming job: one argument, retained checkpoints under
 * the plan's folder, counters of dead letters and late events. It fails while the system property
 * {@value #FAILS} is true.
 */
public final class TickingJob {
  public static final String FAILS = "freshet.test.job-fails";
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
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(settings);
    job.fromSource(
            new DataGeneratorSource<>(
                index -> index,
                Long.MAX_VALUE,
                RateLimiterStrategy.perSecond(TICKS_PER_SECOND),
                Types.LONG),
            WatermarkStrategy.noWatermarks(),
            "ticks")
        .map(new CountBad())
        .sinkTo(new DiscardingSink<>());
    job.execute(plan.jobName());
  }

  /** Writes the job as a jar, as the build does with the streaming job. */
  public static Path writeJar(Path jar) throws IOException {
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
    }
    return jar;
  }

  private static final class CountBad extends RichMapFunction<Long, Long> {
    private transient @Nullable Counter deadLetters;
    private transient @Nullable Counter lateEvents;

    @Override
    public void open(OpenContext context) {
      deadLetters = getRuntimeContext().getMetricGroup().counter("deadLetters");
      lateEvents = getRuntimeContext().getMetricGroup().counter("lateEvents");
    }

    @Override
    public Long map(Long tick) {
      if (Boolean.getBoolean(FAILS)) {
        throw new IllegalStateException("told to fail");
      }
      java.util.Objects.requireNonNull(deadLetters).inc();
      if (tick % 2 == 0) {
        java.util.Objects.requireNonNull(lateEvents).inc();
      }
      return tick;
    }
  }
}
