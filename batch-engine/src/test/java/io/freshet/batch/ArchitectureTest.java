package io.freshet.batch;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.batch",
        HouseRules.FEATURE_MODEL,
        "io.freshet.store..",
        "org.apache.spark..",
        "io.delta..",
        "scala..",
        "org.apache.kafka..",
        "org.apache.hadoop..",
        "tools.jackson..");
  }
}
