package io.freshet.store;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check("io.freshet.store", HouseRules.FEATURE_MODEL, "io.lettuce..", "io.netty..");
  }
}
