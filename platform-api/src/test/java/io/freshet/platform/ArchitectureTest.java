package io.freshet.platform;

import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        "io.freshet.platform",
        HouseRules.FEATURE_MODEL,
        "io.freshet.store..",
        "org.springframework..",
        "org.springdoc..",
        "io.swagger..",
        "jakarta..",
        "org.hibernate.validator..",
        "org.apache.catalina..",
        "org.apache.kafka..",
        "com.github.kagkarlsson..",
        "com.zaxxer..",
        "io.micrometer..",
        "tools.jackson..",
        "com.fasterxml.jackson.annotation..");
  }
}
