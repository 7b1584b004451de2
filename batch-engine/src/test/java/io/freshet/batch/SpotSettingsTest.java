package io.freshet.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.junit.jupiter.api.Test;

/** deploy/spark/spot.conf is what this Spark understands. */
class SpotSettingsTest {
  /** Of the transport between executors, whose settings Spark does not declare one by one. */
  private static final String TRANSPORT = "spark.shuffle.io.";

  @Test
  void sparkKnowsEverySettingAndItsValue() throws Exception {
    assertThat(org.apache.spark.internal.config.package$.MODULE$).as("declared").isNotNull();
    Properties settings = new Properties();
    try (Reader file = Files.newBufferedReader(Path.of("../deploy/spark/spot.conf"))) {
      settings.load(file);
    }
    SparkConf conf = new SparkConf(false);
    settings.forEach((key, value) -> conf.set((String) key, (String) value));

    assertThat(settings).hasSizeGreaterThan(15);
    for (String key : settings.stringPropertyNames()) {
      if (!key.startsWith(TRANSPORT)) {
        ConfigEntry<?> declared = ConfigEntry.findEntry(key);
        assertThat(declared).as(key).isNotNull();
        assertThatCode(() -> conf.get(declared)).as(key).doesNotThrowAnyException();
      }
    }
  }
}
