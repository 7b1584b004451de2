package io.freshet.streaming;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Data flows one way: definition and source, then aggregation, then sink. */
class HouseRulesTest {
  private static final String ROOT = "io.freshet.streaming";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
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
