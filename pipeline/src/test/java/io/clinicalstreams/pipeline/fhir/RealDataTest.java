package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every resource of real data is accounted for, and each rejection has a known reason. */
class RealDataTest {

    private final Reading reading = new Reading();

    private Map<String, Integer> verdicts(String file) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : Examples.lines(file)) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            for (ReadResource resource : reading.all(bytes)) {
                counts.merge(
                        Reading.verdict(resource).replaceFirst(" (Patient/|urn:uuid|http|\\d).*", ""), 1, Integer::sum);
            }
        }
        return counts;
    }

    @Test
    void syntheaOf2019IsTakenWhole() {
        assertThat(verdicts("synthea-2019/Observation.ndjson.gz")).isEqualTo(Map.of("OBSERVATION", 42_351));
        assertThat(verdicts("synthea-2019/MedicationRequest.ndjson.gz")).isEqualTo(Map.of("MEDICATION_REQUEST", 2_500));
        assertThat(verdicts("synthea-2019/Encounter.ndjson.gz")).isEqualTo(Map.of("ENCOUNTER", 8_913));
        assertThat(verdicts("synthea-2019/Patient.ndjson.gz")).isEqualTo(Map.of("ignored Patient", 300));
    }

    @Test
    void syntheaOf2023IsTakenWhole() {
        assertThat(verdicts("synthea-3.3/Observation.ndjson.gz")).isEqualTo(Map.of("OBSERVATION", 12_697));
        assertThat(verdicts("synthea-3.3/MedicationRequest.ndjson.gz")).isEqualTo(Map.of("MEDICATION_REQUEST", 1_398));
        assertThat(verdicts("synthea-3.3/Encounter.ndjson.gz")).isEqualTo(Map.of("ENCOUNTER", 1_759));
        assertThat(verdicts("synthea-3.3/Medication.ndjson.gz")).isEqualTo(Map.of("ignored Medication", 935));
    }

    @Test
    void aPatientsWholeBundleIsAboutThatPatientAndEachPartIsJson() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        for (byte[] bundle : Examples.bundles()) {
            String patient = null;
            int routed = 0;
            for (ReadResource resource : reading.all(bundle)) {
                if (resource.finding() instanceof Finding.Routed found) {
                    routed++;
                    patient = patient == null ? key(found) : patient;
                    assertThat(key(found)).isEqualTo(patient);
                    String written = new String(Objects.requireNonNull(resource.bytes()), StandardCharsets.UTF_8);
                    assertThat(mapper.readTree(written).at("/subject/reference").asText())
                            .isEqualTo(patient);
                    assertThat(written).doesNotContain("\"reference\": \"urn:");
                } else {
                    assertThat(resource.finding()).isInstanceOf(Finding.Ignored.class);
                }
            }
            assertThat(routed).isGreaterThan(50);
        }
    }

    private static String key(Finding.Routed routed) {
        return routed.patient().reference();
    }

    @Test
    void onlyOfficialExamplesWithoutAPatientAreRejected() {
        // The five APGAR scores contain their patient, one Observation is about a herd, and the rest have no patient.
        assertThat(verdicts("hl7-r4-examples/Observation.ndjson"))
                .isEqualTo(Map.of(
                        "OBSERVATION", 56, "CONTAINED_PATIENT", 5, "SUBJECT_NOT_A_PATIENT", 1, "MISSING_PATIENT", 2));
        assertThat(verdicts("hl7-r4-examples/MedicationRequest.ndjson")).isEqualTo(Map.of("MEDICATION_REQUEST", 40));
        assertThat(verdicts("hl7-r4-examples/Encounter.ndjson")).isEqualTo(Map.of("ENCOUNTER", 10));
        assertThat(verdicts("hl7-r4-examples/MedicationKnowledge.ndjson")).isEqualTo(Map.of("MEDICATION_KNOWLEDGE", 1));
        assertThat(verdicts("hl7-r4-examples/Bundle.ndjson"))
                .containsEntry("OBSERVATION", 126)
                .containsEntry("MISSING_PATIENT", 16)
                .containsEntry("UNSUPPORTED_BUNDLE_TYPE", 6)
                .allSatisfy((verdict, count) ->
                        assertThat(verdict).matches("OBSERVATION|MISSING_PATIENT|UNSUPPORTED_BUNDLE_TYPE|ignored .*"));
    }
}
