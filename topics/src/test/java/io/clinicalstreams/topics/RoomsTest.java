package io.clinicalstreams.topics;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: the catalogue knows nobody, and no two packages know each other. */
@AnalyzeClasses(packages = "io.clinicalstreams.topics", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

    @ArchTest
    static final ArchRule THE_CATALOGUE_KNOWS_NOBODY = noClasses()
            .that()
            .resideInAPackage("io.clinicalstreams.topics")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.clinicalstreams.topics.*..");

    @ArchTest
    static final ArchRule NO_TWO_PACKAGES_KNOW_EACH_OTHER =
            slices().matching("io.clinicalstreams.topics.(*)..").should().beFreeOfCycles();
}
