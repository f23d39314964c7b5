package io.clinicalstreams.loadgen.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import io.clinicalstreams.loadgen.generate.Generated.Kind;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.UnknownCodeSystemWarningValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Narrative.NarrativeStatus;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Generated resources, read back with HAPI. */
@Execution(ExecutionMode.CONCURRENT)
class GeneratedFhirTest {

    private static final Set<ResultSeverityEnum> WRONG = EnumSet.of(ResultSeverityEnum.ERROR, ResultSeverityEnum.FATAL);
    private static final Pattern LOINC = Pattern.compile("\"http://loinc.org\",\"code\":\"([^\"]+)\"");

    private final IParser parser =
            FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());

    @Test
    void isFhirThatAStrictParserAcceptsAndWritesUnchanged() {
        Map<Kind, Integer> seen = new HashMap<>();
        Scenario everything = everything(100);
        for (Generated record : GeneratorTest.generate(everything, 4_000)) {
            Resource resource = parse(record);
            seen.merge(record.kind(), 1, Integer::sum);
            if (record.kind() != Kind.BUNDLE) {
                assertThat(parser.encodeResourceToString(resource))
                        .isEqualTo(new String(record.value(), StandardCharsets.UTF_8));
            }
            switch (record.kind()) {
                case VITAL_SIGN, LABORATORY -> {
                    Observation observation = (Observation) resource;
                    assertThat(observation.getStatus()).isEqualTo(Observation.ObservationStatus.FINAL);
                    assertThat(observation.getCode().getCodingFirstRep().getSystem())
                            .isEqualTo("http://loinc.org");
                    assertThat(observation.getValueQuantity().getSystem()).isEqualTo("http://unitsofmeasure.org");
                    assertThat(observation.getEncounter().getReference()).startsWith("Encounter/");
                }
                case BLOOD_PRESSURE -> {
                    Observation panel = (Observation) resource;
                    assertThat(panel.hasValue()).isFalse();
                    assertThat(panel.getComponent()).hasSize(2);
                    double systolic = panel.getComponent()
                            .get(0)
                            .getValueQuantity()
                            .getValue()
                            .doubleValue();
                    double diastolic = panel.getComponent()
                            .get(1)
                            .getValueQuantity()
                            .getValue()
                            .doubleValue();
                    assertThat(systolic).isGreaterThan(diastolic);
                }
                case MEDICATION_REQUEST ->
                    assertThat(((MedicationRequest) resource).hasMedicationCodeableConcept())
                            .isTrue();
                case ENCOUNTER ->
                    assertThat(((Encounter) resource).getClass_().getCode()).isNotEmpty();
                case PATIENT ->
                    assertThat(((Patient) resource).getBirthDateElement().getYear())
                            .isBetween(1931, 2002);
                case CORRECTION ->
                    assertThat(((Observation) resource).getStatus()).isEqualTo(Observation.ObservationStatus.CORRECTED);
                case WITHDRAWAL ->
                    assertThat(((Observation) resource).getStatus())
                            .isEqualTo(Observation.ObservationStatus.ENTEREDINERROR);
                case MERGE ->
                    assertThat(((Patient) resource).getLinkFirstRep().getType()).isEqualTo(Patient.LinkType.REPLACEDBY);
                case BUNDLE -> assertThat(((Bundle) resource).getEntry()).hasSize(record.resources());
                case MALFORMED -> throw new AssertionError("none was asked for");
            }
        }
        assertThat(seen.keySet()).hasSize(Kind.values().length - 1);
    }

    @Test
    @SuppressWarnings("deprecation") // Without LOINC's tables, its codes are unknown to the validator.
    void isValidForTheInstanceValidator() {
        FhirContext context = FhirContext.forR4Cached();
        UnknownCodeSystemWarningValidationSupport withoutLoinc = new UnknownCodeSystemWarningValidationSupport(context);
        withoutLoinc.setNonExistentCodeSystemSeverity(IValidationSupport.IssueSeverity.WARNING);
        FhirValidator validator = context.newValidator();
        validator.registerValidatorModule(new FhirInstanceValidator(new ValidationSupportChain(
                new DefaultProfileValidationSupport(context),
                new InMemoryTerminologyServerValidationSupport(context),
                new CommonCodeSystemsTerminologyService(context),
                withoutLoinc)));
        Map<String, String> samples = new TreeMap<>();
        Scenario everything = everything(40);
        for (Scenario scenario : List.of(everything, everything.withBytes(600), everything.withBytes(1_500))) {
            for (Generated record : GeneratorTest.generate(scenario, 4_000)) {
                String json = GeneratorTest.text(record);
                Matcher code = LOINC.matcher(json);
                String of = record.kind() == Kind.BUNDLE || !code.find() ? "" : code.group(1);
                samples.putIfAbsent(record.kind() + of + scenario.bytes(), json);
            }
        }

        assertThat(samples).hasSizeGreaterThan(80);
        String wrong = Objects.requireNonNull(samples.get("ENCOUNTER0")).replace("\"class\"", "\"ward\"");
        assertThat(validator.validateWithResult(wrong).isSuccessful()).isFalse();
        samples.forEach(
                (kind, json) -> assertThat(validator.validateWithResult(json).getMessages())
                        .as(kind)
                        .filteredOn(message -> WRONG.contains(message.getSeverity()))
                        .extracting(message -> message.getLocationString() + ": " + message.getMessage())
                        .isEmpty());
    }

    @Test
    void isMarkedAsTestData() {
        for (Generated record : GeneratorTest.generate(Scenario.plain(9, 100), 2_000)) {
            assertThat(parse(record).getMeta().getSecurityFirstRep().getCode()).isEqualTo("HTEST");
        }
    }

    @Test
    void refersToThePatientsEncounter() {
        Map<String, String> encounters = new HashMap<>();
        int checked = 0;
        for (Generated record : GeneratorTest.generate(Scenario.plain(9, 20), 5_000)) {
            Resource resource = parse(record);
            if (resource instanceof Encounter encounter) {
                encounters.put(
                        encounter.getSubject().getReference(),
                        "Encounter/" + encounter.getIdElement().getIdPart());
            } else if (resource instanceof Observation observation
                    && encounters.containsKey(observation.getSubject().getReference())) {
                assertThat(observation.getEncounter().getReference())
                        .isEqualTo(encounters.get(observation.getSubject().getReference()));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(1_000);
    }

    @Test
    void keepsAPatientsVitalSignsPlausibleAndIndividual() {
        Map<String, Set<Long>> heartRates = new HashMap<>();
        for (Generated record : GeneratorTest.generate(Scenario.plain(9, 10), 10_000)) {
            if (parse(record) instanceof Observation observation
                    && "8867-4".equals(observation.getCode().getCodingFirstRep().getCode())) {
                heartRates
                        .computeIfAbsent(observation.getSubject().getReference(), patient -> new HashSet<>())
                        .add(observation.getValueQuantity().getValue().longValueExact());
            }
        }
        assertThat(heartRates).hasSize(10);
        assertThat(heartRates.values()).allSatisfy(rates -> {
            assertThat(rates).allMatch(rate -> rate >= 40 && rate <= 110);
            long spread = rates.stream().mapToLong(rate -> rate).max().orElseThrow()
                    - rates.stream().mapToLong(rate -> rate).min().orElseThrow();
            assertThat(spread).isBetween(1L, 20L);
        });
    }

    @Test
    void generatesBundlesWhoseEntriesReferToTheirPatient() {
        List<Generated> bundles = GeneratorTest.generate(GeneratorTest.scenario(9, 100, 0, 0, 0, 0.5), 200).stream()
                .filter(record -> record.kind() == Kind.BUNDLE)
                .toList();

        assertThat(bundles).hasSizeBetween(80, 120).allSatisfy(record -> {
            Bundle bundle = (Bundle) parse(record);
            String patient = bundle.getEntry().get(0).getFullUrl();
            assertThat(bundle.getEntry().subList(1, bundle.getEntry().size())).allSatisfy(entry -> assertThat(
                            ((Observation) entry.getResource()).getSubject().getReference())
                    .isEqualTo(patient));
        });
    }

    @Test
    void padsResourcesWithANarrativeAndChangesNothingElse() {
        List<Generated> small = GeneratorTest.generate(GeneratorTest.scenario(9, 100, 0.1, 0, 0, 0.01), 2_000);
        List<Generated> large = GeneratorTest.generate(
                GeneratorTest.scenario(9, 100, 0.1, 0, 0, 0.01).withBytes(2_000), 2_000);
        for (int i = 0; i < small.size(); i++) {
            String before = GeneratorTest.text(small.get(i));
            String after = GeneratorTest.text(large.get(i));
            if (parse(large.get(i)) instanceof DomainResource resource) {
                assertThat(large.get(i).outgoing().size()).isEqualTo(2_000);
                assertThat(after).startsWith(before.substring(0, before.length() - 1));
                assertThat(resource.getText().getStatus()).isEqualTo(NarrativeStatus.ADDITIONAL);
                assertThat(resource.getText().getDiv().allText()).hasSizeGreaterThan(500);
            } else {
                assertThat(after).isEqualTo(before);
            }
        }
    }

    @Test
    void leavesLargerResourcesUnchanged() {
        Scenario settings = GeneratorTest.scenario(9, 100, 0, 0, 0, 0).withBytes(900);
        List<Generated> records = GeneratorTest.generate(settings, 2_000);

        assertThat(records).anyMatch(record -> record.outgoing().size() > 900);
        assertThat(records).anyMatch(record -> record.outgoing().size() == 900);
        assertThat(records).allSatisfy(record -> assertThat(parse(record)).isNotNull());
    }

    private static Scenario everything(int patients) {
        return Scenario.of("everything")
                .withPatients(patients)
                .with(Share.MALFORMED, 0)
                .with(Share.MERGED, 0.01);
    }

    private Resource parse(Generated record) {
        return (Resource) parser.parseResource(GeneratorTest.text(Objects.requireNonNull(record)));
    }
}
