package io.freshet.platform.schedule;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a run tells Spark besides its master: a file of properties as {@code spark-submit} reads
 * them, and settings that go before those of the file.
 */
record SparkConf(Map<String, String> settings) {
  SparkConf {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }

  /**
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException if the file is no properties
   */
  static SparkConf of(@Nullable Path file, Map<String, String> settings) throws IOException {
    Map<String, String> all = new TreeMap<>();
    if (file != null) {
      Properties read = new Properties();
      try (Reader reader = Files.newBufferedReader(file)) {
        read.load(reader);
      }
      read.stringPropertyNames().forEach(key -> all.put(key, read.getProperty(key).strip()));
    }
    all.putAll(settings);
    return new SparkConf(all);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(settings.get(key));
  }

  boolean isOn(String key) {
    return value(key).filter(Boolean::parseBoolean).isPresent();
  }

  boolean isOff(String key) {
    return value(key).filter(value -> !Boolean.parseBoolean(value)).isPresent();
  }
}
