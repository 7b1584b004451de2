package io.freshet.streaming;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.streaming",
        HouseRules.FEATURE_MODEL,
        "io.freshet.store..",
        "org.apache.flink..",
        "org.apache.kafka..");
  }
}
