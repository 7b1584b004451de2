package io.freshet.benchmark;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.benchmark",
        HouseRules.FEATURE_MODEL,
        "org.openjdk.jmh..",
        "com.sun.management..");
  }
}
