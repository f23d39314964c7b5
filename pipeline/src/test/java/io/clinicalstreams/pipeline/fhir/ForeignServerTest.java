package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.PatientKey;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * FHIR R4, Bundle, resolving references: a relative reference in an entry is relative to the server of its fullUrl, so
 * hospital B's {@code Patient/1} never becomes ours.
 */
class ForeignServerTest {

    private static final String B = "https://b.example/fhir/";

    private final Reading reading = Reading.withBase("https://ours.example/fhir");

    private static String bundle(String... entries) {
        return "{'resourceType':'Bundle','type':'collection','entry':[" + String.join(",", entries) + "]}";
    }

    private static String entry(String fullUrl, String resource) {
        return "{'fullUrl':'" + fullUrl + "','resource':" + resource + "}";
    }

    private static String text(ReadResource resource) {
        return new String(Objects.requireNonNull(resource.bytes()), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @ParameterizedTest
    @CsvSource({
        "https://b.example/fhir/Observation/9, https://b.example/fhir/Patient/1",
        "http://b.example/Observation/9/_history/2, http://b.example/Patient/1",
        "https:\\/\\/b.example\\/fhir\\/Observation\\/9, https://b.example/fhir/Patient/1",
        "https://ours.example/fhir/Observation/9, Patient/1",
        "https://ours.example/fhir/odd, Patient/1",
        "https://ours.example/fhir2/Observation/9, https://ours.example/fhir2/Patient/1",
        "urn:uuid:0, Patient/1",
        "urn:other:0, Patient/1",
        "Observation/9, Patient/1",
        "https://b.example/fhir/observation/9, UNRESOLVABLE_REFERENCE",
        "https://b.example/fhir/Observation/a_b, UNRESOLVABLE_REFERENCE",
        "https://b.example/a|b/Observation/9, UNRESOLVABLE_REFERENCE",
        "https://Observation/9, UNRESOLVABLE_REFERENCE",
        "https://, UNRESOLVABLE_REFERENCE",
    })
    void aRelativePatientIsOneOfTheEntrysServer(String fullUrl, String key) {
        assertThat(reading.verdicts(bundle(entry(fullUrl, observation("")))))
                .first()
                .isEqualTo(key.equals("UNRESOLVABLE_REFERENCE") ? key : "OBSERVATION " + key);
    }

    @Test
    void relativeReferencesAreMadeAbsoluteAndAllOtherBytesStay() {
        String resource = "{ 'resourceType':'Observation', 'status' : 'final','code':{'text':'Patient/1'},"
                + "'subject':{'reference':'Patient\\/1/_history/2'},'encounter':{ 'reference' : 'Encounter/e#x' },"
                + "'performer':[{'reference':'https://c.example/Practitioner/2'},{'reference':'Practitioner/2'},"
                + "{'reference':'Practitioner?identifier=a|1'},{'reference':'#c'},{'reference':'urn:uuid:q'},"
                + "{'display':'Practitioner/3'}],"
                + "'contained':[{'resourceType':'Practitioner','id':'c','qualification':[{'issuer':{'reference':'Organization/o'}}]}]}";
        String practitioner = entry("urn:uuid:q", "{'resourceType':'Practitioner','id':'doc'}");

        ReadResource read = reading.all(bundle(entry(B + "Observation/9", resource), practitioner))
                .get(0);

        assertThat(Reading.verdict(read)).isEqualTo("OBSERVATION " + B + "Patient/1");
        assertThat(text(read))
                .isEqualTo(resource.replace("'Patient\\/1/_", "'" + B + "Patient\\/1/_")
                        .replace("'Encounter/e#x'", "'" + B + "Encounter/e#x'")
                        .replace(":'Practitioner/2'", ":'" + B + "Practitioner/2'")
                        .replace("'Organization/o'", "'" + B + "Organization/o'")
                        .replace("'urn:uuid:q'", "'Practitioner/doc'"));
        assertThat(reading.all(Objects.requireNonNull(read.rekeyed())).get(0).finding())
                .isEqualTo(read.finding());
    }

    /** Its patient is known, but who performed it is not. */
    @Test
    void aRelativeReferenceOfAnUnknownServerRejectsItsEntry() {
        String unknown = "https://b.example/fhir/observation/9";
        String about = observation("'performer':[{'reference':'%s'}]").replace("Patient/1", B + "Patient/1");

        assertThat(reading.verdicts(bundle(entry(unknown, about.formatted(B + "Practitioner/1")))))
                .containsExactly("OBSERVATION " + B + "Patient/1");
        assertThat(reading.verdicts(bundle(entry(unknown, about.formatted("Practitioner/1")))))
                .containsExactly("UNRESOLVABLE_REFERENCE");
    }

    @Test
    void factsForTheRulesNameTheServerToo() {
        Finding finding = reading.all(
                        bundle(entry(B + "Observation/9", observation("'encounter':{'reference':'Encounter/e'}"))))
                .get(0)
                .finding();

        Observation content = Objects.requireNonNull(((Finding.Routed) finding).observation());
        assertThat(content.patientReference()).isEqualTo(B + "Patient/1");
        assertThat(content.encounter()).isEqualTo(B + "Encounter/e");
    }

    @Test
    void aRelativeSubjectThatIsNotAPatientIsNotOneOnItsServer() {
        String about = observation("").replace("Patient/1", "Device/1");

        assertThat(reading.verdicts(bundle(entry(B + "Observation/9", about))))
                .containsExactly("SUBJECT_NOT_A_PATIENT");
    }

    @Test
    void aSearchNamesTheSamePatientEverywhere() {
        String about = observation("").replace("Patient/1", "Patient?identifier=http://mrn.example|77");

        assertThat(reading.verdicts(bundle(entry(B + "Observation/9", about))))
                .containsExactly("OBSERVATION http://mrn.example|77");
    }

    @Test
    void theEntriesOfOneBundleMayBeOfSeveralServers() {
        assertThat(reading.verdicts(bundle(
                        entry(B + "Observation/9", observation("")),
                        entry("https://ours.example/fhir/Observation/9", observation("")),
                        entry("https://c.example/Observation/9", observation("")),
                        "{'resource':" + observation("") + "}")))
                .containsExactly(
                        "OBSERVATION " + B + "Patient/1",
                        "OBSERVATION Patient/1",
                        "OBSERVATION https://c.example/Patient/1",
                        "OBSERVATION Patient/1");
    }

    @Test
    void aKeyThatItsServerMakesTooLongIsRejected() {
        String server = "https://b.example/" + "x".repeat(Bounds.TEXT_BYTES - 40) + "/";

        assertThat(reading.verdicts(bundle(entry(server + "Observation/9", observation("")))))
                .containsExactly("OBSERVATION " + server + "Patient/1");
        String longId = observation("").replace("Patient/1", "Patient/" + "1".repeat(64));
        assertThat(reading.verdicts(bundle(entry(server + "Observation/9", longId))))
                .containsExactly("INVALID_REFERENCE");
        assertThat(reading.verdicts(bundle(entry(server + "x".repeat(40) + "/Observation/9", observation("")))))
                .containsExactly("UNRESOLVABLE_REFERENCE");
    }

    /** Re-keyed alone it would be our Patient/1, so its fullUrl is included. */
    @Test
    void aPatientBelongsToItsServerAlsoWhenSentAlone() {
        String patient = "{ 'resourceType':'Patient','id':'1', 'birthDate':'2010-05-01'}";

        ReadResource read = reading.all(bundle(entry(B.replace("/", "\\/") + "Patient/1", patient)))
                .get(0);

        assertThat(read.finding())
                .isEqualTo(new Finding.Ignored(
                        "Patient", new PatientKey(B + "Patient/1"), new Patient(LocalDate.of(2010, 5, 1), null)));
        List<ReadResource> again = reading.all(Objects.requireNonNull(read.rekeyed()));
        assertThat(again).singleElement().satisfies(resource -> {
            assertThat(resource.finding()).isEqualTo(read.finding());
            assertThat(text(resource)).isEqualTo(patient);
            assertThat(resource.rekeyed()).isEqualTo(read.rekeyed());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://ours.example/fhir/Patient/1", "urn:uuid:1"})
    void ourOwnPatientStaysUnchanged(String fullUrl) {
        String patient = "{'resourceType':'Patient','id':'1'}";

        ReadResource read = reading.all(bundle(entry(fullUrl, patient))).get(0);

        assertThat(Reading.verdict(read)).isEqualTo("ignored Patient Patient/1");
        assertThat(text(read)).isEqualTo(patient);
    }

    /** As do the references to it. */
    @Test
    void aPatientOfAnUnknownServerHasItsFullUrlAsItsKey() {
        String unknown = "https://b.example/fhir/patient/1";
        String about = observation("").replace("Patient/1", unknown);

        assertThat(reading.verdicts(
                        bundle(entry(unknown, "{'resourceType':'Patient','id':'1'}"), "{'resource':" + about + "}")))
                .containsExactly("ignored Patient " + unknown, "OBSERVATION " + unknown);
    }

    private static String requested(String fullUrl, String resource, String method, String url) {
        return "{'fullUrl':'" + fullUrl + "','resource':" + resource + ",'request':{'method':'" + method + "','url':'"
                + url + "'}}";
    }

    @ParameterizedTest
    @CsvSource({
        "https://placeholder.example/fhir/Observation/9, PUT, Patient/1",
        "http://localhost/Observation/9/_history/2, PUT, Patient/1",
        "https://placeholder.example/odd, PUT, Patient/1",
        "https://ours.example/fhir/Observation/9, PUT, Patient/1",
        "https://known.example/fhir/Observation/9, PUT, https://known.example/fhir/Patient/1",
        "https://known.example/fhir/ward/Observation/9, PUT, https://known.example/fhir/ward/Patient/1",
        "https://known.example/fhir/Observation/a_b, PUT, UNRESOLVABLE_REFERENCE",
        "https://known.example/fhir/observation/9, PUT, UNRESOLVABLE_REFERENCE",
        "https://known.example/fhir2/Observation/9, PUT, Patient/1",
        "https://ours.example/fhir/theirs/observation/9, PUT, UNRESOLVABLE_REFERENCE",
        "https://ours.example/fhir/theirs/observation/9, POST, UNRESOLVABLE_REFERENCE",
        "https://known.example/fhir/ours/Observation/9, PUT, Patient/1",
        "https://known.example/fhir/ours/observation/9, PUT, Patient/1",
        "https://b.example/fhir/Observation/9, POST, https://b.example/fhir/Patient/1",
        "https://b.example/fhir/Observation/9, put, https://b.example/fhir/Patient/1",
    })
    void aPutIsAboutOurPatientUnlessItsBaseIsKnownAsAnotherHospitals(String fullUrl, String method, String key) {
        Reading knowing = new Reading(new FhirSettings(
                Set.of("https://ours.example/fhir", "https://known.example/fhir/ours"),
                null,
                null,
                Set.of("https://known.example/fhir", "https://ours.example/fhir/theirs")));

        assertThat(knowing.verdicts(bundle(requested(fullUrl, observation(""), method, "Observation/9"))))
                .containsExactly(key.equals("UNRESOLVABLE_REFERENCE") ? key : "OBSERVATION " + key);
    }

    /** References to its fullUrl become those to our patient: absolute, and relative in an entry of the same base. */
    @Test
    void aPatientThatIsPutHasOneKeyForAllReferencesToIt() {
        String placeholder = "https://placeholder.example/fhir/";
        String patient =
                requested(placeholder + "Patient/1", "{'resourceType':'Patient','id':'1'}", "PUT", "Patient/1");
        String absolute = observation("'performer':[{'reference':'" + placeholder + "Patient/1#x'}]")
                .replace("'Patient/1'", "'" + placeholder + "Patient/1/_history/2'");

        List<ReadResource> read = reading.all(bundle(
                patient,
                requested("urn:uuid:1", absolute, "POST", "Observation"),
                requested(placeholder + "Observation/2", observation(""), "POST", "Observation"),
                requested(placeholder + "Observation/3", observation(""), "PUT", "Observation/3")));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly(
                        "ignored Patient Patient/1",
                        "OBSERVATION Patient/1",
                        "OBSERVATION Patient/1",
                        "OBSERVATION Patient/1");
        assertThat(text(read.get(1))).isEqualTo(observation("'performer':[{'reference':'Patient/1'}]"));
        for (ReadResource one : read) {
            assertThat(reading.all(Objects.requireNonNull(one.rekeyed())))
                    .singleElement()
                    .extracting(ReadResource::finding)
                    .isEqualTo(one.finding());
        }
    }

    /** In an entry that is not: its name stays as it is, without the placeholder. */
    @Test
    void aRelativeReferenceToAResourceThatIsPutMeansOurs() {
        String placeholder = "https://placeholder.example/fhir/";
        String practitioner = requested(
                placeholder + "Practitioner/1", "{'resourceType':'Practitioner','id':'1'}", "PUT", "Practitioner/1");
        String about = observation("'performer':[{'reference':'Practitioner/1'},{'reference':'Practitioner/2'}]");

        ReadResource read = reading.all(
                        bundle(requested(placeholder + "Observation/2", about, "POST", "Observation"), practitioner))
                .get(0);

        assertThat(text(read))
                .isEqualTo(about.replace("'Patient/1'", "'" + placeholder + "Patient/1'")
                        .replace("'Practitioner/2'", "'" + placeholder + "Practitioner/2'"));
    }

    /** Whatever the order of the entries. */
    @Test
    void aPatientsOwnKeyIsNotThatOfAnotherEntryWithItsFullUrl() {
        String one = "{'fullUrl':'" + B + "Patient/1','resource':{'resourceType':'Patient'},"
                + "'request':{'method':'POST','url':'Patient','ifNoneExist':'identifier=urn:mrn|7'}}";
        String other = entry(B + "Patient/1", "{'resourceType':'Patient','id':'1'}");

        assertThat(reading.verdicts(bundle(one, other)))
                .containsExactly("ignored Patient urn:mrn|7", "ignored Patient " + B + "Patient/1");
        assertThat(reading.verdicts(bundle(other, one)))
                .containsExactly("ignored Patient " + B + "Patient/1", "ignored Patient urn:mrn|7");
    }

    @ParameterizedTest
    @CsvSource({
        "https://b.example/fhir/Observation/9, https://b.example/fhir/Observation/o-1",
        "https://c.example/Observation/9/_history/2, https://c.example/Observation/o-1",
        "https://ours.example/fhir/Observation/9, o-1",
        "urn:uuid:0, o-1",
        "https://b.example/fhir/observation/9, ",
    })
    void anObservationOfAnotherServerIsIdentifiedByItsAddressAlsoWhenReKeyed(String fullUrl, String id) {
        String about = observation("'id':'o-1'").replace("Patient/1", B + "Patient/1");

        ReadResource read = reading.all(bundle(entry(fullUrl, about))).get(0);
        ReadResource again = reading.all(Objects.requireNonNull(read.rekeyed())).get(0);

        assertThat(read.finding()).isInstanceOfSatisfying(Finding.Routed.class, routed -> assertThat(
                        Objects.requireNonNull(routed.observation()).id())
                .isEqualTo(id));
        assertThat(again.finding()).isEqualTo(read.finding());
        assertThat(again.bytes()).isEqualTo(read.bytes());
    }

    @ParameterizedTest
    @CsvSource({
        "https://b.example/fhir/Observation/9, https://b.example/fhir/Observation/9",
        "https://c.example/Observation/9/_history/2, https://c.example/Observation/9",
        "https://ours.example/fhir/Observation/9, ",
        "https://b.example/fhir/Device/9, ",
        "https://b.example/fhir/observation/9, ",
        "urn:uuid:0, ",
    })
    void anObservationWithoutIdIsIdentifiedByItsFullUrlOnAnotherServer(String fullUrl, String id) {
        String about =
                observation("'identifier':[{'system':'urn:lab','value':'5'}]").replace("Patient/1", B + "Patient/1");

        ReadResource read = reading.all(bundle(entry(fullUrl, about))).get(0);
        ReadResource again = reading.all(Objects.requireNonNull(read.rekeyed())).get(0);

        assertThat(read.finding()).isInstanceOfSatisfying(Finding.Routed.class, routed -> assertThat(
                        Objects.requireNonNull(routed.observation()).id())
                .isEqualTo(id));
        assertThat(again.finding()).isEqualTo(read.finding());
    }

    /** Nothing else names the Patient, so its urn is the key, also when the Observation is re-keyed alone. */
    @Test
    void anObservationOfAnotherServerMayBeAboutAPatientWithOnlyAUrn() {
        String patient = entry("urn:uuid:p", "{'resourceType':'Patient'}");
        String about = observation("'id':'1'").replace("Patient/1", "urn:uuid:p");

        ReadResource read =
                reading.all(bundle(patient, entry(B + "Observation/1", about))).get(1);
        ReadResource again = reading.all(Objects.requireNonNull(read.rekeyed())).get(0);

        assertThat(Reading.verdict(read)).isEqualTo("OBSERVATION urn:uuid:p");
        assertThat(again.finding()).isEqualTo(read.finding());
        assertThat(reading.verdicts(bundle(entry(B + "Observation/1", about))))
                .containsExactly("UNRESOLVABLE_REFERENCE");
    }

    /** Its id is thrown away, so Patient/temp is not ours, nor another hospital's. */
    @ParameterizedTest
    @CsvSource({
        "https://ours.example/fhir/, PUT",
        "https://placeholder.example/, PUT",
        "https://placeholder.example/, POST"
    })
    void aRelativeReferenceMayNameAnEntryByItsBase(String base, String method) {
        String patient = "{'fullUrl':'" + base + "Patient/temp','resource':{'resourceType':'Patient','id':'temp'},"
                + "'request':{'method':'POST','url':'Patient','ifNoneExist':'identifier=urn:mrn|7'}}";
        String about = observation("'performer':[{'reference':'Patient/temp/_history/1'},{'reference':'Flag/1'}]")
                .replace("'Patient/1'", "'Patient/temp'");

        List<ReadResource> read =
                reading.all(bundle(patient, requested(base + "Observation/9", about, method, "Observation/9")));

        assertThat(read.stream().map(Reading::verdict))
                .containsExactly("ignored Patient urn:mrn|7", "OBSERVATION urn:mrn|7");
        assertThat(text(read.get(1)))
                .startsWith(observation("")
                        .replace("Patient/1", "Patient?identifier=urn:mrn|7")
                        .replaceFirst("}$", ""))
                .contains("'performer':[{'reference':'Patient?identifier=urn:mrn|7'}");
        assertThat(reading.all(Objects.requireNonNull(read.get(1).rekeyed()))
                        .get(0)
                        .finding())
                .isEqualTo(read.get(1).finding());
    }
}
