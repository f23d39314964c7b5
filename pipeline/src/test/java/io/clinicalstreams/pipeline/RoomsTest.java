package io.clinicalstreams.pipeline;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.clinicalstreams.topics.wire.PatientKey;

/** The allowed package dependencies: data flows one way through the packages. */
@AnalyzeClasses(packages = "io.clinicalstreams.pipeline", importOptions = ImportOption.DoNotIncludeTests.class)
final class RoomsTest {

    @ArchTest
    static final ArchRule THE_DOMAIN_IS_PLAIN_JAVA = classes()
            .that()
            .resideInAPackage("..pipeline.domain..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "io.clinicalstreams.pipeline.domain..")
                            .or(type(PatientKey.class)));

    @ArchTest
    static final ArchRule PACKAGES_FLOW_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("domain")
            .definedBy("..pipeline.domain..")
            .layer("fhir")
            .definedBy("..pipeline.fhir..")
            .layer("alert")
            .definedBy("..pipeline.alert..")
            .layer("ledger")
            .definedBy("..pipeline.ledger..")
            .layer("step")
            .definedBy("..pipeline.step..")
            .layer("lane")
            .definedBy("..pipeline.lane..")
            .layer("input")
            .definedBy("..pipeline.input..")
            .layer("runtime")
            .definedBy("..pipeline.runtime..")
            .layer("inbox")
            .definedBy("..pipeline.inbox..")
            .layer("command")
            .definedBy("..pipeline.command..")
            .whereLayer("inbox")
            .mayNotAccessAnyLayer()
            .whereLayer("inbox")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("command")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("command")
            .whereLayer("lane")
            .mayOnlyBeAccessedByLayers("runtime")
            .whereLayer("input")
            .mayOnlyBeAccessedByLayers("step", "runtime")
            .whereLayer("step")
            .mayOnlyBeAccessedByLayers("lane", "runtime")
            .whereLayer("ledger")
            .mayNotAccessAnyLayer()
            .whereLayer("alert")
            .mayOnlyBeAccessedByLayers("step", "runtime")
            .whereLayer("fhir")
            .mayOnlyBeAccessedByLayers("step", "runtime");

    @ArchTest
    static final ArchRule THE_DOMAIN_FLOWS_FROM_OBSERVATIONS_TO_ALERTS = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("observation")
            .definedBy("..pipeline.domain.observation")
            .layer("episode")
            .definedBy("..pipeline.domain.episode")
            .layer("rule")
            .definedBy("..pipeline.domain.rule")
            .layer("evaluation")
            .definedBy("..pipeline.domain")
            .whereLayer("observation")
            .mayNotAccessAnyLayer()
            .whereLayer("episode")
            .mayOnlyAccessLayers("observation")
            .whereLayer("rule")
            .mayOnlyAccessLayers("episode", "observation")
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("rule", "episode", "observation");

    @ArchTest
    static final ArchRule READING_FLOWS_FROM_THE_BYTES_UP = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("json")
            .definedBy("..pipeline.fhir.json")
            .layer("datatype")
            .definedBy("..pipeline.fhir.datatype")
            .layer("reference")
            .definedBy("..pipeline.fhir.reference")
            .layer("resource")
            .definedBy("..pipeline.fhir.resource")
            .layer("fhir")
            .definedBy("..pipeline.fhir")
            .layer("outside")
            .definedBy("..pipeline.alert..", "..pipeline.step..", "..pipeline.lane..", "..pipeline.runtime..")
            .whereLayer("json")
            .mayOnlyBeAccessedByLayers("datatype", "reference", "resource", "fhir")
            .whereLayer("datatype")
            .mayOnlyBeAccessedByLayers("reference", "resource", "fhir")
            .whereLayer("reference")
            .mayOnlyBeAccessedByLayers("resource", "fhir")
            .whereLayer("resource")
            .mayOnlyBeAccessedByLayers("fhir", "outside")
            .whereLayer("fhir")
            .mayOnlyBeAccessedByLayers("outside");

    @ArchTest
    static final ArchRule READING_KNOWS_NO_KAFKA = noClasses()
            .that()
            .resideInAnyPackage("..pipeline.fhir..", "..pipeline.domain..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.kafka..");

    @ArchTest
    static final ArchRule NOTHING_READS_FHIR_WITH_HAPI =
            noClasses().should().dependOnClassesThat().resideInAPackage("ca.uhn..");
}
