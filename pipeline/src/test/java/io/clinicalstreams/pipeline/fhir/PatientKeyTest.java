package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.topics.FhirSettings;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One patient has one key, however a sender refers to it, and two patients never share one. */
class PatientKeyTest {

    private final Reading reading = Reading.withBase("https://ours.example/fhir");

    private String verdict(String subject) {
        String verdict =
                reading.verdict("{'resourceType':'Observation','status':'final','code':{'text':'x'}," + subject + "}");
        return verdict.replace("OBSERVATION ", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "Patient/123 Patient/123",
                "Patient/123/_history/4 Patient/123",
                "Patient/a-B.9 Patient/a-B.9",
                "https://ours.example/fhir/Patient/123 Patient/123",
                "https://ours.example/fhir/Patient/123/_history/4 Patient/123",
                "https://ours.example/fhir/Patient/123#name Patient/123",
                "https://ours.example/fhir2/Patient/123 https://ours.example/fhir2/Patient/123",
                "https://theirs.example/Patient/123 https://theirs.example/Patient/123",
                "https://theirs.example/Patient/123/_history/4 https://theirs.example/Patient/123",
                "https://theirs.example/Patient/123#name https://theirs.example/Patient/123",
                "Patient/123#name?a Patient/123",
                "https://theirs.example/people?id=123 https://theirs.example/people?id=123",
                "urn:uuid:018f428e-34f6-4707-8009-5ad742f901e7 urn:uuid:018f428e-34f6-4707-8009-5ad742f901e7",
                "urn:oid:1.2.3 urn:oid:1.2.3",
                "urn:other:7 urn:other:7",
                "Patient?identifier=http://mrn.example|77 http://mrn.example|77",
                "Patient?identifier=http://mrn.example%7C7%207 `http://mrn.example|7 7`",
                "Patient?identifier=|77 UNRESOLVABLE_REFERENCE",
                "Patient?identifier=a|1,a|2 UNRESOLVABLE_REFERENCE",
                "Patient?identifier=a|1%2Ca|2 UNRESOLVABLE_REFERENCE",
                "Patient?identifier=a|1\\\\,2 UNRESOLVABLE_REFERENCE",
                "Patient?identifier=a|7|7 a|7|7",
                "https://ours.example/fhir/Patient?identifier=a|77 a|77",
                "Patient?identifier=77 UNRESOLVABLE_REFERENCE",
                "Patient?identifier=a|77&active=true UNRESOLVABLE_REFERENCE",
                "Patient?name=x UNRESOLVABLE_REFERENCE",
                "Patient?identifier=a|%ff%2 UNRESOLVABLE_REFERENCE",
                "Group/1 SUBJECT_NOT_A_PATIENT",
                "Group?identifier=a|1 SUBJECT_NOT_A_PATIENT",
                "https://ours.example/fhir/Device/1 SUBJECT_NOT_A_PATIENT",
                "https://theirs.example/Location/1/_history/2 SUBJECT_NOT_A_PATIENT",
                "https://ours.example/fhir/123 INVALID_REFERENCE",
                "https://ours.example/fhir/ INVALID_REFERENCE",
                "https://ours.example/fhir/#x INVALID_REFERENCE",
                "https://theirs.example/Patient/1/_history/2/_history/3 INVALID_REFERENCE",
                "https://theirs.example/people|77 INVALID_REFERENCE",
                "https://theirs.example/Patient?identifier=a|77 INVALID_REFERENCE",
                "urn:uuid:a|77 INVALID_REFERENCE",
                "Patient/1#a|77 INVALID_REFERENCE",
                "Foo/1 INVALID_REFERENCE",
                "Patient INVALID_REFERENCE",
                "Patient/ INVALID_REFERENCE",
                "/Patient/1 INVALID_REFERENCE",
                "Patient/1/2 INVALID_REFERENCE",
                "Patient/a_b INVALID_REFERENCE",
                "`Patient/a b` INVALID_REFERENCE",
                "Patient? INVALID_REFERENCE",
                "http:x INVALID_REFERENCE",
                "urn:uuid: INVALID_REFERENCE",
                "\\ud800 INVALID_REFERENCE",
                "Patient/\\u0031 Patient/1",
                "#p UNRESOLVABLE_REFERENCE"
            })
    void aReferenceBecomesTheCanonicalKey(String reference, String key) {
        assertThat(verdict("'subject':{'reference':'" + reference + "'}")).isEqualTo(key);
    }

    @Test
    void anIdLongerThanSixtyFourCharactersIsInvalid() {
        assertThat(verdict("'subject':{'reference':'Patient/" + "x".repeat(64) + "'}"))
                .startsWith("Patient/xxx");
        assertThat(verdict("'subject':{'reference':'Patient/" + "x".repeat(65) + "'}"))
                .isEqualTo("INVALID_REFERENCE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "{'identifier':{'system':'urn:mrn','value':'77'}} urn:mrn|77",
                "{'identifier':{'value':'77'}} UNRESOLVABLE_REFERENCE",
                "{'identifier':{'system':'urn:mrn','value':'7|7'}} urn:mrn|7|7",
                "{'identifier':{'system':'urn:mrn|7','value':'7'}} UNRESOLVABLE_REFERENCE",
                "{'identifier':{'system':'urn:mrn'}} MISSING_PATIENT",
                "{'identifier':{'system':'urn:mrn','value':'\\ud800'}} INVALID_VALUE",
                "{'identifier':'77'} WRONG_ELEMENT_TYPE",
                "{'identifier':{'value':'77'},'reference':'Patient/1'} Patient/1",
                "{'display':'x'} MISSING_PATIENT",
                "{} MISSING_PATIENT",
                "null WRONG_ELEMENT_TYPE",
                "[{'reference':'Patient/1'}] WRONG_ELEMENT_TYPE",
                "'Patient/1' WRONG_ELEMENT_TYPE",
                "{'reference':''} INVALID_VALUE",
                "{'reference':1} WRONG_ELEMENT_TYPE",
                "{'type':'Group','identifier':{'value':'77'}} SUBJECT_NOT_A_PATIENT",
                "{'type':'Patient','identifier':{'system':'urn:mrn','value':'77'}} urn:mrn|77",
                "{'type':'http://hl7.org/fhir/StructureDefinition/Patient','reference':'Patient/1'} Patient/1",
                "{'type':'Device','reference':'Patient/1'} SUBJECT_NOT_A_PATIENT"
            })
    void aReferenceWithoutTextIsKeyedByItsIdentifier(String subject, String key) {
        assertThat(verdict("'subject':" + subject)).isEqualTo(key);
    }

    @Test
    void theLongerOfTwoBaseUrlsCountsInAnyOrder() {
        String observation = Reading.observation("").replace("Patient/1", "https://h.example/fhir/Patient/1");

        for (List<String> baseUrls : List.of(
                List.of("https://h.example", "https://h.example/fhir"),
                List.of("https://h.example/fhir", "https://h.example"))) {
            Set<String> inThisOrder = new LinkedHashSet<>(baseUrls);
            Reading reading = new Reading(new FhirSettings(inThisOrder, ZoneOffset.UTC, null));

            assertThat(reading.verdict(observation)).isEqualTo("OBSERVATION Patient/1");
        }
        assertThat(new FhirSettings(Set.of("https://a/", "https://bb", "https://b/c/d"), ZoneOffset.UTC, null)
                        .baseUrls())
                .containsExactly("https://b/c/d/", "https://bb/", "https://a/");
    }

    @Test
    void aKeyIsNoLongerThanAStateCanHold() {
        String longest = "https://theirs.example/" + "x".repeat(Bounds.TEXT_BYTES - 23);

        assertThat(verdict("'subject':{'reference':'" + longest + "'}")).isEqualTo(longest);
        assertThat(verdict("'subject':{'reference':'" + longest + "x'}")).isEqualTo("INVALID_REFERENCE");
        assertThat(verdict("'subject':{'reference':'Patient/1#" + longest + "'}"))
                .isEqualTo("INVALID_REFERENCE");
        assertThat(verdict("'subject':{'reference':'Patient/1'},'encounter':{'reference':'" + longest + "x'}"))
                .isEqualTo("INVALID_REFERENCE");
    }

    @Test
    void anIdentifierIsNoLongerThanAStateCanHold() {
        String part = "x".repeat(Bounds.TEXT_BYTES);
        String half = "x".repeat(Bounds.TEXT_BYTES / 2);

        assertThat(verdict("'subject':{'identifier':{'system':'" + part + "x','value':'1'}}"))
                .isEqualTo("INVALID_VALUE");
        assertThat(verdict("'subject':{'identifier':{'system':'a','value':'" + part + "x'}}"))
                .isEqualTo("INVALID_VALUE");
        assertThat(verdict("'subject':{'identifier':{'system':'" + half + "','value':'" + half + "'}}"))
                .isEqualTo("INVALID_REFERENCE");
        assertThat(verdict("'subject':{'identifier':{'system':'" + half + "','value':'" + half.substring(1) + "'}}"))
                .startsWith("xxx");
    }

    @Test
    void aContainedPatientHasNoIdentityOutsideTheResource() {
        String contained = "'contained':[{'resourceType':'Patient','id':'p'},{'resourceType':'Group','id':'g'}],";

        assertThat(verdict(contained + "'subject':{'reference':'#p'}")).isEqualTo("CONTAINED_PATIENT");
        assertThat(verdict("'subject':{'reference':'#p'}," + contained.replace("],", "]")))
                .isEqualTo("CONTAINED_PATIENT");
        assertThat(verdict(contained + "'subject':{'reference':'#g'}")).isEqualTo("SUBJECT_NOT_A_PATIENT");
        assertThat(verdict(contained + "'subject':{'reference':'#x'}")).isEqualTo("UNRESOLVABLE_REFERENCE");
        assertThat(verdict(contained + "'subject':{'reference':'#'}")).isEqualTo("UNRESOLVABLE_REFERENCE");
    }

    @Test
    void aBaseUrlCountsWithOrWithoutItsSlash() {
        String observation = Reading.observation("").replace("Patient/1", "https://ours.example/fhir/Patient/1");

        assertThat(Reading.withBase("https://ours.example/fhir/").verdict(observation))
                .isEqualTo("OBSERVATION Patient/1");
        assertThat(new Reading().verdict(observation)).isEqualTo("OBSERVATION https://ours.example/fhir/Patient/1");
    }
}
