package io.freshet.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.freshet.store", importOptions = DoNotIncludeTests.class)
class StoreArchitectureTest {
  @ArchTest
  static final ArchRule ONLY_THE_REDIS_STORE_KNOWS_LETTUCE =
      noClasses()
          .that()
          .resideOutsideOfPackage("..store.redis")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.lettuce..", "io.netty..");

  @ArchTest
  static final ArchRule STORES_DO_NOT_KNOW_EACH_OTHER =
      noClasses()
          .that()
          .resideInAPackage("..store.redis")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..store.memory");

  @ArchTest
  static final ArchRule THE_CONTRACT_KNOWS_NO_STORE =
      noClasses()
          .that()
          .resideInAPackage("io.freshet.store")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..store.redis", "..store.memory");

  @ArchTest
  static final ArchRule THE_REDIS_STORE_SHOWS_ITSELF_AND_ITS_SETTINGS_ONLY =
      classes()
          .that()
          .resideInAPackage("..store.redis")
          .and()
          .arePublic()
          .should()
          .haveSimpleNameStartingWith("Redis");
}
