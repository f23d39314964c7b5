package io.clinicalstreams.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.replay.ResourceFacts.Subject;
import io.clinicalstreams.topics.FhirSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayPatientKeysTest {

    private final ReplayPatientKeys keys = new ReplayPatientKeys(Set.of("https://known.example/fhir/"));

    @ParameterizedTest
    @CsvSource({
        "Patient/1, Patient/1",
        "Patient/1/_history/4, Patient/1",
        "https://known.example/fhir/Patient/1, Patient/1",
        "https://known.example/fhir/Patient/1/_history/2, Patient/1",
        "https://other.example/fhir/Patient/1, https://other.example/fhir/Patient/1",
        "https://other.example/fhir/Patient/1#part, https://other.example/fhir/Patient/1",
        "urn:uuid:018f428e-34f6-4707-8009-5ad742f901e7, urn:uuid:018f428e-34f6-4707-8009-5ad742f901e7",
        "Patient?identifier=http://mrn.example|77, http://mrn.example|77",
        "Patient?identifier=http%3A%2F%2Fmrn.example%7C7+7, http://mrn.example|7+7",
        "urn:uuid:1#part, urn:uuid:1"
    })
    void areCanonicalReferences(String written, String key) {
        assertThat(keys.of(observation(reference(written)))).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "Group/1",
        "Patient/",
        "Practitioner?identifier=1",
        "Patient?identifier=77",
        "Patient?identifier=http://mrn.example|",
        "Patient?identifier=http://mrn.example|77&active=true",
        "Patient?identifier=|77",
        "'Patient?identifier=a|1,a|2'",
        "Patient?identifier=a|1%2Ca|2",
        "https://known.example/fhir/",
        "Patient?identifier=%zz|77",
        "Patient?name=Doe",
        "#contained",
        "https://other.example/fhir/Group/1",
        "https://known.example/fhir/Device/1"
    })
    void areNoneForWhatIsNoPatient(String written) {
        assertThat(keys.of(observation(reference(written)))).isNull();
    }

    @Test
    void preferTheReferenceOverTheIdentifier() {
        assertThat(keys.of(observation(new Subject("Patient/1", null, "http://mrn.example", "77"))))
                .isEqualTo("Patient/1");
        assertThat(keys.of(observation(new Subject(null, null, "http://mrn.example", "77"))))
                .isEqualTo("http://mrn.example|77");
        assertThat(keys.of(observation(new Subject(null, null, null, "77")))).isNull();
        assertThat(keys.of(observation(new Subject(null, null, "http://mrn.example|7", "7"))))
                .isNull();
        assertThat(keys.of(observation(new Subject(null, "Group", "http://mrn.example", "77"))))
                .isNull();
        assertThat(keys.of(observation(new Subject(null, null, null, null)))).isNull();
        assertThat(keys.of(observation(null))).isNull();
    }

    @Test
    void areRelativeToTheLongerOfTwoBaseUrls() {
        ReplayPatientKeys both = new ReplayPatientKeys(
                new FhirSettings(Set.of("https://known.example/", "https://known.example/fhir/"), null, null)
                        .baseUrls());

        assertThat(both.of(observation(reference("https://known.example/fhir/Patient/1"))))
                .isEqualTo("Patient/1");
    }

    @Test
    void areAPatientsOwnIdentity() {
        assertThat(keys.of(resource("Patient", "1", null))).isEqualTo("Patient/1");
        assertThat(keys.of(resource("Patient", null, null))).isNull();
    }

    @Test
    void resolveReferencesThatOnlyMeanSomethingInTheirBundle() {
        Map<String, ResourceFacts> bundle = Map.of(
                "urn:uuid:1", resource("Patient", "1", null),
                "urn:uuid:2", resource("Patient", null, null),
                "urn:uuid:3", resource("Group", "3", null));

        assertThat(keys.of(observation(reference("urn:uuid:1")), bundle)).isEqualTo("Patient/1");
        assertThat(keys.of(observation(reference("urn:uuid:1#part")), bundle)).isEqualTo("Patient/1");
        assertThat(keys.of(observation(reference("urn:uuid:2")), bundle)).isEqualTo("urn:uuid:2");
        assertThat(keys.of(observation(reference("urn:uuid:3")), bundle)).isNull();
        assertThat(keys.of(observation(reference("urn:uuid:4")), bundle)).isNull();
    }

    private static Subject reference(String written) {
        return new Subject(written, null, null, null);
    }

    private static ResourceFacts observation(@Nullable Subject subject) {
        return resource("Observation", "o", subject);
    }

    private static ResourceFacts resource(String type, @Nullable String id, @Nullable Subject subject) {
        return new ResourceFacts(type, id, subject, null, List.of(), ResourceFacts.NEVER, false);
    }
}
