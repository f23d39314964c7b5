package io.clinicalstreams.experiment;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which package may depend on which. */
@AnalyzeClasses(packages = "io.clinicalstreams.experiment", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

    @ArchTest
    static final ArchRule PACKAGES_FLOW_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("statistics")
            .definedBy("..experiment.statistics..")
            .layer("experiment")
            .definedBy("io.clinicalstreams.experiment")
            .layer("trial")
            .definedBy("..experiment.trial..")
            .layer("result")
            .definedBy("..experiment.result..")
            .layer("run")
            .definedBy("..experiment.run..")
            .layer("command")
            .definedBy("..experiment.command..")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("result")
            .mayOnlyBeAccessedByLayers("run", "command")
            .whereLayer("trial")
            .mayOnlyBeAccessedByLayers("run", "command")
            .whereLayer("experiment")
            .mayOnlyBeAccessedByLayers("trial", "result", "run", "command")
            .whereLayer("statistics")
            .mayOnlyBeAccessedByLayers("result", "command");
}
