package io.freshet.streaming;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.freshet.testing.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "io.freshet.streaming";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void keepsTheRulesOfTheHouse() {
    HouseRules.check(
        ROOT,
        HouseRules.FEATURE_MODEL,
        "io.freshet.store..",
        "org.apache.flink..",
        "org.apache.kafka..",
        "io.delta.kernel..",
        "org.apache.hadoop.conf..",
        "tools.jackson..");
  }

  @Test
  void theSourceKnowsNothingOfWhatFollowsIt() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".source..", ROOT + ".definition..", ROOT + ".record..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".aggregation..", ROOT + ".sink..")
        .check(CLASSES);
  }

  @Test
  void theAggregationKnowsNothingOfTheSink() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".aggregation..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".sink..")
        .check(CLASSES);
  }
}
