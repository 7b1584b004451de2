package io.freshet.benchmark;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.benchmark",
        HouseRules.FEATURE_MODEL,
        "io.freshet.servers..",
        "io.freshet.store..",
        "io.freshet.streaming..",
        "org.apache.flink..",
        "org.apache.kafka..",
        "org.openjdk.jmh..",
        "picocli..",
        "tools.jackson..",
        "jdk.jfr..",
        "com.sun.management..");
  }
}
