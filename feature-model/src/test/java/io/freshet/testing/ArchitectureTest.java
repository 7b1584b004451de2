package io.freshet.testing;

import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet",
        "dev.cel..",
        "com.google..",
        "com.fasterxml.jackson.annotation..",
        "tools.jackson..",
        "com.fasterxml.jackson.annotation..",
        "org.apache.avro..",
        "org.apache.datasketches..");
  }
}
