package io.freshet.servers;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.servers", "kafka..", "org.apache.kafka..", "redis.embedded..", "scala..");
  }
}
