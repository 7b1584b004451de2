package io.freshet.local;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.local",
        HouseRules.FEATURE_MODEL,
        "io.freshet.servers..",
        "picocli..",
        "org.apache.kafka..",
        "tools.jackson..");
  }
}
