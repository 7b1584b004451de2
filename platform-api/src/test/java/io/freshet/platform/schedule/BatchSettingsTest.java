package io.freshet.platform.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class BatchSettingsTest {
  private static final Path SPOT = Path.of("../deploy/spark/spot.conf");
  private static final Validator VALIDATOR =
      Validation.buildDefaultValidatorFactory().getValidator();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[*]",
        "local[4]",
        "local[*,3]",
        "spark://one:7077",
        "spark://one:7077,two:7077",
        "yarn",
      })
  void takesTheMastersOfSpark(String master) {
    assertThat(faults(settings(master, null, Map.of()))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local[0]",
        "local-cluster[2,1,1024]",
        "spark://one",
        "yarn-client",
        "mesos://a:1"
      })
  void refusesAMasterThatItCannotSubmitTo(String master) {
    assertThat(faults(settings(master, null, Map.of())))
        .singleElement()
        .asString()
        .startsWith("Cannot run Spark on master \"" + master + "\": give local[*]");
  }

  @Test
  void takesTheSpotProfileForAClusterOnly() {
    assertThat(faults(settings("spark://one:7077", SPOT, Map.of()))).isEmpty();
    assertThat(
            faults(
                settings(
                    "k8s://https://one:6443",
                    SPOT,
                    Map.of("spark.kubernetes.container.image", "spark:4.2.0"))))
        .isEmpty();
    assertThat(faults(settings("local[*]", SPOT, Map.of())))
        .hasSize(2)
        .allMatch(fault -> fault.contains("there are no executors"));
  }

  @Test
  void settingsGoBeforeThoseOfTheFile() {
    Map<String, String> instead =
        Map.of("spark.dynamicAllocation.enabled", "false", "spark.decommission.enabled", "false");

    assertThat(faults(settings("local[*]", SPOT, instead)))
        .singleElement()
        .asString()
        .startsWith("Cannot set spark.storage.decommission.enabled without spark.decommission");
  }

  @Test
  void tellsAllFaultsAtOnce() {
    Map<String, String> conf =
        Map.of(
            "spark.master", "yarn",
            "spark.submit.deployMode", "cluster",
            "executor.memory", "2g",
            "spark.dynamicAllocation.enabled", "true",
            "spark.dynamicAllocation.shuffleTracking.enabled", "false",
            "spark.dynamicAllocation.minExecutors", "5",
            "spark.dynamicAllocation.maxExecutors", "2",
            "spark.dynamicAllocation.initialExecutors", "${few}",
            "spark.storage.decommission.fallbackStorage.path", "s3a://bucket/spill");

    assertThat(faults(settings("k8s://https://one:6443", null, conf)))
        .containsExactlyInAnyOrder(
            "Cannot set executor.memory for Spark: its settings begin with \"spark.\"",
            "Cannot set spark.master for Spark: Freshet does; set freshet.batch.master",
            "Cannot set spark.submit.deployMode for Spark: Freshet does; leave it out, the driver is the process that is supervised, so that runs are submitted in client mode always",
            "Cannot run on Kubernetes without an image of the executors: set spark.kubernetes.container.image",
            "Cannot set spark.dynamicAllocation.enabled without spark.dynamicAllocation.shuffleTracking.enabled or spark.shuffle.service.enabled: executors would go with shuffle files that are still read",
            "Cannot set spark.dynamicAllocation.initialExecutors to ${few}: it is a number of executors",
            "Cannot set spark.dynamicAllocation.minExecutors to 5: maxExecutors is 2",
            "Cannot set spark.storage.decommission.fallbackStorage.path without spark.storage.decommission.enabled: it would stay empty",
            "Cannot set spark.storage.decommission.fallbackStorage.path to s3a://bucket/spill: Spark wants a folder, end it with /");
  }

  @Test
  void refusesAFileThatIsNotThere(@TempDir Path folder) throws Exception {
    assertThat(faults(settings("yarn", folder.resolve("none"), Map.of())))
        .singleElement()
        .asString()
        .startsWith("Cannot read settings of Spark: java.nio.file.NoSuchFileException");
    Path own = Files.writeString(folder.resolve("own"), "spark.executor.memory 2g\n");
    assertThat(faults(settings("yarn", own, Map.of()))).isEmpty();
  }

  @Test
  void refusesTimesThatContradict() {
    BatchSettings settings =
        settings(
            "local[*]",
            null,
            Map.of(),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofHours(1));

    assertThat(faults(settings))
        .containsExactlyInAnyOrder(
            "Cannot let a run go on for 20s after a heartbeat: choose 5 times the heartbeat of 10s at least",
            "Cannot take a run for stalled after 1h: it is ended at the timeout of 30m, choose less");
  }

  @Test
  void submitsWithItsSettingsInClientMode(@TempDir Path folder) throws Exception {
    Path classpath = Files.writeString(folder.resolve("classpath"), "/spark/jars/*\n");
    BatchSettings given = settings("spark://one:7077", SPOT, Map.of("spark.executor.memory", "2g"));
    BatchSettings settings = withClasspath(given, classpath);

    SparkSubmitCommand command = new SparkSubmitCommand(settings);

    List<String> line = command.line("io.freshet.batch.BatchJob", Path.of("/plan.json"));
    assertThat(line)
        .containsSubsequence(
            "-Dfreshet.run.supervised=true",
            "-cp",
            "/spark/jars/*",
            "org.apache.spark.deploy.SparkSubmit",
            "--master",
            "spark://one:7077",
            "--deploy-mode",
            "client",
            "--properties-file",
            SPOT.toAbsolutePath().toString(),
            "--conf",
            "spark.executor.memory=2g",
            "--class",
            "io.freshet.batch.BatchJob")
        .endsWith("/plan.json");
    assertThat(command.environment()).as("executors are elsewhere").isEmpty();
  }

  private static List<String> faults(BatchSettings settings) {
    return VALIDATOR.validate(settings).stream().map(ConstraintViolation::getMessage).toList();
  }

  private static BatchSettings settings(
      String master, @Nullable Path properties, Map<String, String> conf) {
    return settings(
        master,
        properties,
        conf,
        Duration.ofSeconds(2),
        Duration.ofSeconds(30),
        Duration.ofMinutes(10));
  }

  private static BatchSettings settings(
      String master,
      @Nullable Path properties,
      Map<String, String> conf,
      Duration heartbeat,
      Duration lease,
      Duration stalledAfter) {
    Path unused = Path.of("unused");
    return new BatchSettings(
        unused,
        unused,
        unused,
        master,
        properties,
        conf,
        unused,
        DataSize.ofMegabytes(64),
        Duration.ofMinutes(30),
        heartbeat,
        lease,
        Duration.ofSeconds(10),
        stalledAfter,
        3,
        Duration.ofSeconds(1),
        1,
        20,
        Duration.ofSeconds(1),
        List.of());
  }

  private static BatchSettings withClasspath(BatchSettings given, Path classpath) {
    return new BatchSettings(
        classpath,
        given.jvmFlagsFile(),
        given.jobJar(),
        given.master(),
        given.sparkPropertiesFile(),
        given.sparkConf(),
        given.workDir(),
        given.memory(),
        given.timeout(),
        given.heartbeat(),
        given.lease(),
        given.cancelGrace(),
        given.stalledAfter(),
        given.maxAttempts(),
        given.retryPause(),
        given.concurrentRuns(),
        given.keptRuns(),
        given.planInterval(),
        given.tableRoots());
  }
}
