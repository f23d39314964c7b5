package io.clinicalstreams.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The allowed dependencies between packages, from reading to the final account. */
@AnalyzeClasses(packages = "io.clinicalstreams.verifier", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

    @ArchTest
    static final ArchRule PACKAGES_FLOW_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("json")
            .definedBy("..verifier.json..")
            .layer("source")
            .definedBy("..verifier.source..")
            .layer("classify")
            .definedBy("..verifier.classify..")
            .layer("account")
            .definedBy("..verifier.account..")
            .layer("alert")
            .definedBy("..verifier.alert..")
            .layer("rule")
            .definedBy("..verifier.rule..")
            .layer("ledger")
            .definedBy("..verifier.ledger..")
            .layer("verifier")
            .definedBy("io.clinicalstreams.verifier")
            .layer("command")
            .definedBy("..verifier.command..")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("verifier")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("ledger")
            .mayOnlyBeAccessedByLayers("verifier", "command")
            .whereLayer("alert")
            .mayOnlyBeAccessedByLayers("verifier")
            .whereLayer("rule")
            .mayOnlyBeAccessedByLayers("alert")
            .whereLayer("account")
            .mayOnlyBeAccessedByLayers("alert", "ledger", "verifier", "command")
            .whereLayer("classify")
            .mayOnlyBeAccessedByLayers("account", "alert", "rule", "verifier")
            .whereLayer("json")
            .mayOnlyBeAccessedByLayers("classify", "account")
            .whereLayer("source")
            .mayOnlyBeAccessedByLayers("classify", "account", "alert", "rule", "ledger", "verifier", "command");

    @ArchTest
    static final ArchRule THE_VERDICT_SHARES_NO_CODE_WITH_WHAT_IT_JUDGES = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.clinicalstreams.pipeline..", "io.clinicalstreams.loadgen..", "ca.uhn..", "org.hl7..");
}
