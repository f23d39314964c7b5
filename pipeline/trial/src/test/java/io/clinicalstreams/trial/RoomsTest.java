package io.clinicalstreams.trial;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Backtests and explanations use trials; a trial knows neither. */
@AnalyzeClasses(packages = "io.clinicalstreams.trial", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

    @ArchTest
    static final ArchRule PACKAGES_FLOW_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("trial")
            .definedBy("io.clinicalstreams.trial")
            .layer("backtest")
            .definedBy("io.clinicalstreams.trial.backtest")
            .layer("explain")
            .definedBy("io.clinicalstreams.trial.explain")
            .whereLayer("trial")
            .mayNotAccessAnyLayer()
            .whereLayer("backtest")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("explain")
            .mayNotBeAccessedByAnyLayer();
}
