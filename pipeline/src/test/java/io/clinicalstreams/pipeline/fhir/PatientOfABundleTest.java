package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.fhir.resource.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A patient of a Bundle has one key, whether its other entries name the patient by fullUrl, identifier or search, and
 * whether the patient has an id, an identifier, or is created or updated by a search.
 */
class PatientOfABundleTest {

    private static final String B = "https://b.example/fhir/";
    private static final String IDENTIFIERS = "'identifier':[{'use':'usual','value':'7'},"
            + "{'system':'http://mrn.example','value':'7'},{'system':'http://ssn.example','value':'70'}]";
    private static final String BY_URN = "'subject':{'reference':'urn:uuid:p'}";
    private static final String BY_SEARCH = "'subject':{'reference':'Patient?identifier=http://mrn.example|7'}";
    private static final String BY_IDENTIFIER = "'subject':{'identifier':{'system':'http://mrn.example','value':'7'}}";
    private static final String BY_SECOND_IDENTIFIER =
            "'subject':{ 'identifier':{'system':'http://ssn.example','value':'70'}}";

    private final Reading reading = Reading.withBase("https://ours.example/fhir");

    private static String bundle(String... entries) {
        return "{'resourceType':'Bundle','type':'transaction','entry':[" + String.join(",", entries) + "]}";
    }

    private static String patient(String more) {
        return "{'resourceType':'Patient','birthDate':'2021-03-04'" + (more.isEmpty() ? "" : ",") + more + "}";
    }

    private static String entry(String fullUrl, String resource, String request) {
        return "{'fullUrl':'" + fullUrl + "','resource':" + resource
                + (request.isEmpty() ? "" : ",'request':{" + request + "}") + "}";
    }

    private static String about(String subject) {
        return observation("").replace("'subject':{'reference':'Patient/1'}", subject);
    }

    private static String entry(String subject) {
        return "{'resource':" + about(subject) + "}";
    }

    /** The keys of the Patient, which comes first, and of the others. */
    private List<String> keys(String... entries) {
        List<ReadResource> read = reading.all(bundle(entries));
        read.stream()
                .filter(one -> one.rekeyed() != null && !(one.finding() instanceof Finding.Rejected))
                .forEach(this::assertSameWhenRekeyed);
        return read.stream()
                .map(Reading::verdict)
                .map(verdict -> verdict.replaceFirst("OBSERVATION |ignored Patient ?", ""))
                .toList();
    }

    private void assertSameWhenRekeyed(ReadResource one) {
        assertThat(reading.all(Objects.requireNonNull(one.rekeyed())))
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.finding()).isEqualTo(one.finding());
                    assertThat(again.bytes()).isEqualTo(one.bytes());
                });
    }

    private static String written(ReadResource one) {
        return new String(Objects.requireNonNull(one.bytes()), StandardCharsets.UTF_8).replace('"', '\'');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'method':'POST','url':'Patient','ifNoneExist':'identifier=http://mrn.example|7'",
                "'ifNoneExist':'?identifier=http://mrn.example|7','url':'Patient','method':'POST'",
                "'method':'POST','url':'Patient','ifNoneExist':'Patient?identifier=http%3A%2F%2Fmrn.example%7C7'",
                "'method':'PUT','url':'Patient?identifier=http://mrn.example|7'",
                "'method':'PUT','url':'/Patient?identifier=http://mrn.example|7'",
                "'url':'https://ours.example/fhir/Patient?identifier=http:\\/\\/mrn.example|7','method':'PUT'",
            })
    void aSearchThatCreatesOrUpdatesAPatientIsItsKey(String request) {
        for (String more : List.of("", IDENTIFIERS, "'id':'throw-away'", "'id':'x'," + IDENTIFIERS)) {
            for (String fullUrl : List.of("urn:uuid:p", "urn:uuid:another")) {
                String child = entry(fullUrl, patient(more), request);

                assertThat(keys(
                                child,
                                entry(BY_URN.replace("urn:uuid:p", fullUrl)),
                                entry(BY_SEARCH),
                                entry(BY_IDENTIFIER)))
                        .containsOnly("http://mrn.example|7");
            }
        }
    }

    @Test
    void everyReferenceToItBecomesTheSearch() {
        String child =
                entry("urn:uuid:p", patient(""), "'method':'PUT','url':'Patient?identifier=http://mrn.example|7'");
        String about = about(BY_URN).replace("'status'", "'performer':[{'reference':'urn:uuid:p'}],'status'");

        ReadResource read =
                reading.all(bundle("{'resource':" + about + "}", child)).get(0);

        assertThat(written(read)).isEqualTo(about.replace("urn:uuid:p", "Patient?identifier=http://mrn.example|7"));
    }

    /** A value with a blank, a quote, an ampersand, a percent sign, a plus and a letter that is not ASCII. */
    @Test
    void theSearchIsWrittenSoThatItIsReadTheSame() {
        String value = "7 \\\"&%25%2B+ä";
        String child = entry("urn:uuid:p", patient("'identifier':[{'system':'urn:mrn','value':'" + value + "'}]"), "");

        assertThat(keys(
                        child,
                        entry(BY_URN),
                        entry("'subject':{'identifier':{'system':'urn:mrn','value':'" + value + "'}}")))
                .containsOnly("urn:mrn|7 \"&%25%2B+ä");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'method':'PUT','url':'Patient?name=x'",
                "'method':'PUT','url':'Patient/77'",
                "'method':'POST','ifNoneExist':'identifier=7'",
                "'method':'POST','ifNoneExist':'identifier=a|1,a|2'",
                "'method':'POST','ifNoneExist':'identifier=a|1&active=true'",
                "'method':'POST','ifNoneExist':5",
                "'method':'PUT','ifNoneExist':'identifier=a|1'",
            })
    void aSearchForSeveralPatientsIsNoKey(String request) {
        assertThat(keys(entry("urn:uuid:p", patient("'id':'77'"), request), entry(BY_URN)))
                .containsOnly("Patient/77");
        assertThat(keys(entry("urn:uuid:p", patient(""), request), entry(BY_URN)))
                .containsOnly("urn:uuid:p");
    }

    /** So that a child without id is the patient whose readings are in the same Bundle. */
    @ParameterizedTest
    @CsvSource({
        "urn:uuid:p, urn:uuid:p",
        "urn:oid:1.2, urn:oid:1.2",
        "https://b.example/fhir/Patient/p, https://b.example/fhir/Patient/p",
        "https://b.example/odd, https://b.example/odd",
        "https://ours.example/fhir/Patient/p, Patient/p",
    })
    void aPatientWithoutAnotherNameHasItsFullUrlAsItsKey(String fullUrl, String key) {
        assertThat(keys(entry(fullUrl, patient(""), ""), entry(BY_URN.replace("urn:uuid:p", fullUrl))))
                .containsOnly(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd", "urn:other:1", "https://b.example/fhir/Device/1", "https://b.example/a|b"})
    void anyOtherFullUrlIsNoKey(String fullUrl) {
        assertThat(keys(entry(fullUrl, patient(""), ""))).containsExactly("");
    }

    @Test
    void theSameSearchTwiceIsOnePatient() {
        String request = "'method':'POST','url':'Patient','ifNoneExist':'identifier=http://mrn.example|7'";
        String first = entry("urn:uuid:p", patient(""), request);

        assertThat(keys(
                        first,
                        entry("urn:uuid:q", patient(""), request),
                        entry(BY_URN),
                        entry(BY_URN.replace(":p", ":q"))))
                .containsOnly("http://mrn.example|7");
        assertThat(keys(first, first, entry(BY_URN))).containsOnly("http://mrn.example|7");
        assertThat(keys(first, entry("urn:uuid:p", patient(""), request.replace("|7", "|8")), entry(BY_URN)))
                .containsExactly("http://mrn.example|7", "http://mrn.example|8", "UNRESOLVABLE_REFERENCE");
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_URN, BY_SEARCH, BY_IDENTIFIER, BY_SECOND_IDENTIFIER})
    void aSubjectByIdentifierOrSearchIsThePatientOfTheBundle(String subject) {
        String child = entry("urn:uuid:p", patient("'id':'h3'," + IDENTIFIERS), "");

        assertThat(keys(child, entry(subject))).containsOnly("Patient/h3");
        assertThat(keys(entry(subject), child)).containsOnly("Patient/h3");
    }

    @Test
    void theReferenceToThePatientIsWrittenBesideTheIdentifier() {
        String child = "{'resource':" + patient("'id':'h3'," + IDENTIFIERS) + "}";
        String about = about(BY_SECOND_IDENTIFIER);

        assertThat(written(
                        reading.all(bundle(child, "{'resource':" + about + "}")).get(1)))
                .isEqualTo(about.replace("'subject':{", "'subject':{'reference':'Patient/h3',"));
        assertThat(written(reading.all(bundle(child, entry(BY_SEARCH))).get(1)))
                .isEqualTo(about("'subject':{'reference':'Patient/h3'}"));
    }

    @Test
    void anotherHospitalsPatientIsJoinedUnderItsAddress() {
        String child = entry(B + "Patient/h3", patient("'id':'h3'," + IDENTIFIERS), "");

        assertThat(keys(child, entry(B + "Observation/1", about(BY_IDENTIFIER), "")))
                .containsOnly(B + "Patient/h3");
    }

    @Test
    void anIdentifierOfTwoPatientsNamesNeither() {
        String one = "{'resource':" + patient("'id':'1'," + IDENTIFIERS) + "}";
        String other = "{'resource':" + patient("'id':'2'," + IDENTIFIERS) + "}";

        assertThat(keys(one, other, entry(BY_IDENTIFIER)))
                .containsExactly("Patient/1", "Patient/2", "http://mrn.example|7");
        assertThat(keys(one, one, entry(BY_IDENTIFIER))).containsOnly("Patient/1");
    }

    @Test
    void aPatientWithoutIdIsNamedByItsFirstIdentifier() {
        String child = entry("urn:uuid:p", patient(IDENTIFIERS), "");

        assertThat(keys(child, entry(BY_URN), entry(BY_IDENTIFIER), entry(BY_SECOND_IDENTIFIER)))
                .containsOnly("http://mrn.example|7");
        assertThat(reading.verdict(patient(IDENTIFIERS))).isEqualTo("ignored Patient http://mrn.example|7");
        assertThat(reading.verdict(patient("'identifier':[{'system':'a','value':'1,2'}]")))
                .isEqualTo("ignored Patient");
        assertThat(reading.verdict(patient("'identifier':{'system':'a','value':'1'}")))
                .isEqualTo("ignored Patient");
    }

    /** A placeholder, which the server replaces, or its address. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.example/fhir/Patient/p",
                "https://b.example/odd",
                "https://ours.example/fhir/Patient/p",
                "urn:uuid:p"
            })
    void aPatientWithoutIdIsNamedByItsFirstIdentifierUnderAnyFullUrl(String fullUrl) {
        for (String request : List.of("", "'method':'POST','url':'Patient'")) {
            String child = entry(fullUrl, patient(IDENTIFIERS), request);

            assertThat(keys(
                            child,
                            entry(BY_URN.replace("urn:uuid:p", fullUrl)),
                            entry(BY_IDENTIFIER),
                            entry(BY_SECOND_IDENTIFIER)))
                    .containsOnly("http://mrn.example|7");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"urn:uuid:lost", "urn:oid:1.2#x", "#lost", "Patient?name=x", "Patient?identifier=7", "Patient/1"
            })
    void theIdentifierBesideAReferenceThatLeadsNowhereIsUsed(String reference) {
        String subject = "'subject':{'reference':'" + reference + "','identifier':{'system':'urn:mrn','value':'23'}}";
        String unknownServer = entry("https://b.example/fhir/observation/1", about(subject), "");
        String ours = entry("urn:uuid:0", about(subject), "");

        assertThat(keys(reference.equals("Patient/1") ? unknownServer : ours)).containsExactly("urn:mrn|23");
        String child = "{'resource':" + patient("'id':'h3','identifier':[{'system':'urn:mrn','value':'23'}]") + "}";
        assertThat(keys(child, reference.equals("Patient/1") ? unknownServer : ours))
                .containsOnly("Patient/h3");
    }

    @Test
    void theIdentifierBesideAReferenceThatLeadsSomewhereIsNot() {
        String subject = "'subject':{'reference':'%s','identifier':{'system':'urn:mrn','value':'23'}}";
        String child = entry("urn:uuid:p", patient("'id':'77'"), "");

        assertThat(keys(child, entry(subject.formatted("urn:uuid:p")))).containsOnly("Patient/77");
        assertThat(keys(entry(subject.formatted("Patient/1")))).containsExactly("Patient/1");
        assertThat(keys(entry(subject.formatted("Group?name=x")))).containsExactly("SUBJECT_NOT_A_PATIENT");
        assertThat(keys(entry(subject.formatted("urn:uuid:lost").replace("'system':'urn:mrn',", ""))))
                .containsExactly("UNRESOLVABLE_REFERENCE");
    }

    @Test
    void anIdentifierIsUsedBesideAUrnAndAContainedPatientOutsideABundleToo() {
        String identifier = "'identifier':{'system':'urn:mrn','value':'23'}";

        assertThat(reading.verdict(about("'subject':{'reference':'urn:uuid:0'," + identifier + "}")))
                .isEqualTo("OBSERVATION urn:mrn|23");
        assertThat(reading.verdict(
                        about("'contained':[{'resourceType':'Patient','id':'c'}],'subject':{'reference':'#c',"
                                + identifier + "}")))
                .isEqualTo("OBSERVATION urn:mrn|23");
    }

    /** A result is not rejected because its performer is missing from the Bundle. */
    @Test
    void anyReferenceThatLeadsNowhereMayHaveAnIdentifierInstead() {
        String identifier = "'identifier':{'system':'urn:staff','value':'4'}";

        for (String performer : List.of(
                "{'reference':'urn:uuid:lost'," + identifier + "}",
                "{" + identifier
                        + ",'extension':[{'url':'urn:x','valueReference':{'reference':'Flag/1'}}],'reference':'#lost'}")) {
            String about = observation("'performer':[{'reference':'Practitioner/1'}," + performer + "]");

            ReadResource read =
                    reading.all(bundle("{'resource':" + about + "}")).get(0);

            assertThat(Reading.verdict(read)).isEqualTo("OBSERVATION Patient/1");
            assertThat(written(read)).isEqualTo(about);
        }
        assertThat(keys("{'resource':"
                        + observation(
                                "'performer':[{'reference':'urn:uuid:lost','identifier':'x'},{" + identifier + "}]")
                        + "}"))
                .containsExactly("UNRESOLVABLE_REFERENCE");
        assertThat(keys(entry(
                        "https://b.example/odd",
                        observation("'performer':[{'reference':'Practitioner/1'," + identifier + "}]")
                                .replace("Patient/1", "https://b.example/Patient/1"),
                        "")))
                .containsExactly("UNRESOLVABLE_REFERENCE");
    }
}
