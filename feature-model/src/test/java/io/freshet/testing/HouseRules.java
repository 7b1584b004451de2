package io.freshet.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules that every room of the house keeps: its packages have no cycles, say what they are for,
 * and it looks only at the rooms and libraries that it may. docs/architecture.md has the map.
 */
public final class HouseRules {
  /** The packages of feature-model. */
  public static final String FEATURE_MODEL =
      "io.freshet.[aggregate|avro|definition|error|event|expression|handover|ondemand|plan|serving|value|window]..";

  private static final List<String> EVERYWHERE =
      List.of("java..", "javax..", "org.jspecify..", "org.slf4j..");

  private HouseRules() {}

  /**
   * Checks the production classes of a room, those that JMH generates left out.
   *
   * @param room its root package, as {@code io.freshet.store}
   * @param mayUse package patterns of the other rooms and libraries that it may use
   * @throws AssertionError with every violation of a rule
   */
  public static void check(String room, String... mayUse) {
    JavaClasses production =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/jmh_generated/"))
            .importPackages(room);
    packagesAreFreeOfCycles(room).check(production);
    packagesSayWhatTheyAreFor(room).check(production);
    namesSayWhatTheyMean(room).check(production);
    usesOnly(room, mayUse).check(production);
  }

  private static ArchRule packagesAreFreeOfCycles(String room) {
    return slices().matching(room + ".(*)..").should().beFreeOfCycles().allowEmptyShould(true);
  }

  private static ArchRule packagesSayWhatTheyAreFor(String room) {
    return classes()
        .that()
        .resideInAPackage(room + "..")
        .should(
            new ArchCondition<>("be in a package whose package-info is null-marked") {
              @Override
              public void check(JavaClass checked, ConditionEvents events) {
                JavaPackage home = checked.getPackage();
                boolean marked = home.isAnnotatedWith(NullMarked.class);
                events.add(
                    new SimpleConditionEvent(
                        checked, marked, home.getName() + " has no null-marked package-info"));
              }
            });
  }

  private static ArchRule namesSayWhatTheyMean(String room) {
    return noClasses()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .haveNameMatching(".*(Impl|Manager|Helper|Utils?|DTO)");
  }

  private static ArchRule usesOnly(String room, String... mayUse) {
    String[] allowed =
        Stream.of(List.of(room + ".."), EVERYWHERE, Arrays.asList(mayUse))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(room + "..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed);
  }
}
