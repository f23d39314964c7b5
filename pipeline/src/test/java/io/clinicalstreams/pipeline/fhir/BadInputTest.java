package io.clinicalstreams.pipeline.fhir;

import static io.clinicalstreams.pipeline.fhir.Reading.json;
import static io.clinicalstreams.pipeline.fhir.Reading.observation;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.fhir.json.Bounds;
import io.clinicalstreams.pipeline.fhir.resource.Depth;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes, the result is one reason and never an exception. */
class BadInputTest {

    private static final String CODING = "{'code':'x'}";
    private static final String COMPONENT = "{'code':{'text':'x'}}";

    private final Reading reading = new Reading();

    @Test
    void aTombstoneIsANullValue() {
        List<ReadResource> read = new ResourceReader(FhirSettings.DEFAULT, Depth.ROUTING).read(null);

        assertThat(read).singleElement().satisfies(resource -> {
            assertThat(resource.bytes()).isNull();
            assertThat(resource.finding()).isEqualTo(new Finding.Rejected(Reason.NULL_VALUE));
        });
    }

    @Test
    void noBytesAreAnEmptyValue() {
        assertThat(reading.verdict("")).isEqualTo("EMPTY_VALUE");
    }

    @Test
    void utf8TruncatedInsideACharacterIsFoundAnywhere() {
        byte[] valid = json(observation("'note':[{'text':'37 °C'}]"));
        int degree = new String(valid, StandardCharsets.ISO_8859_1).indexOf('\u00C2');
        byte[] cutOff = Arrays.copyOf(valid, degree + 1);
        byte[] broken = valid.clone();
        broken[degree + 1] = 'x';

        assertThat(Reading.verdict(reading.one(valid))).isEqualTo("OBSERVATION Patient/1");
        assertThat(Reading.verdict(reading.one(cutOff))).isEqualTo("INVALID_UTF8");
        assertThat(Reading.verdict(reading.one(broken))).isEqualTo("INVALID_UTF8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "   ",
                "x",
                "{",
                "{'resourceType'",
                "{'resourceType':'Observation'",
                "{'a':1,}",
                "{'a' 1}",
                "{'a':1 'b':2}",
                "{a:1}",
                "{'a':'x}",
                "{'a':01}",
                "{'a':1.}",
                "{'a':.5}",
                "{'a':+1}",
                "{'a':1e}",
                "{'a':NaN}",
                "{'a':tru}",
                "{'a':nul",
                "{'a':'\\x'}",
                "{'a':'\\u12g4'}",
                "{'a':'\t'}",
                "{'a':[1,]}",
                "{'a':[1 2]}",
                "{'a':]}",
                "{]",
                "[}",
                "{} x",
                "{},",
                "{}{}",
                "/*x*/{}",
                "{'a':1/*x*/}",
                "\uFEFF{}",
                "]",
                ",",
                "'x",
                "truefalse",
                "{,'a':1}",
                "[,1]",
                "{\0\"\0}\0",
                "{'a':--1}",
                "{'a':1.2.3}",
                "{'a':- 1}",
                "{'a':'\\'}",
                "{'a':'x\\",
                "{'a':'eight by\\",
                "{'a':'\\u00e",
                "{'a':-",
                "{'a':1e-",
                "{'a':f"
            })
    void whatIsNotOneJsonTextIsNotJson(String text) {
        assertThat(reading.verdict(text)).isEqualTo("NOT_JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", " [1, {'a':1,'a':2}] ", "'x'", "1E+100000", "true", "null", "[[[1]]]"})
    void jsonOtherThanAnObjectIsRejected(String text) {
        assertThat(reading.verdict(text)).isEqualTo("NOT_AN_OBJECT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'a':", "["})
    @Timeout(10)
    void nestingTenThousandDeepIsTooDeepClosedOrNot(String opening) {
        String closing = opening.equals("[") ? "]" : "}";
        String bomb = opening.repeat(10_000);

        assertThat(reading.verdict(bomb)).isEqualTo("NESTING_TOO_DEEP");
        assertThat(reading.verdict(bomb + "1" + closing.repeat(10_000))).isEqualTo("NESTING_TOO_DEEP");
        assertThat(reading.verdict(observation("'extension':" + bomb))).isEqualTo("NESTING_TOO_DEEP");
    }

    @Test
    void theDeepestNestingAllowedIsTwoHundred() {
        String allowed = observation("'x':" + "[".repeat(199) + "]".repeat(199));
        String tooDeep = observation("'x':" + "[".repeat(200) + "]".repeat(200));

        assertThat(reading.verdict(allowed)).isEqualTo("OBSERVATION Patient/1");
        assertThat(reading.verdict(tooDeep)).isEqualTo("NESTING_TOO_DEEP");
    }

    @ParameterizedTest
    @CsvSource({
        "1E+100000, NUMBER_OUT_OF_RANGE",
        "1e401, NUMBER_OUT_OF_RANGE",
        "-1.5E-401, NUMBER_OUT_OF_RANGE",
        "1E99999999999999999999, NUMBER_OUT_OF_RANGE",
        "1e4000, NUMBER_OUT_OF_RANGE",
        "1E+245, OBSERVATION Patient/1",
        "1e-400, OBSERVATION Patient/1",
        "1E000000000000000001, OBSERVATION Patient/1",
    })
    void aNumberThatCannotBeComputedWithIsOutOfRange(String number, String verdict) {
        assertThat(reading.verdict(observation("'valueQuantity':{'value':" + number + "}")))
                .isEqualTo(verdict);
        assertThat(reading.verdict(observation("'extension':[{'valueDecimal':" + number + "}]")))
                .isEqualTo(verdict);
    }

    @Test
    void aHundredDigitsAreAllowedAndOneMoreIsNot() {
        String hundred = "-0." + "1".repeat(99);

        assertThat(reading.verdict(observation("'valueQuantity':{'value':" + hundred + "}")))
                .startsWith("OBSERVATION");
        assertThat(reading.verdict(observation("'valueQuantity':{'value':" + hundred + "1}")))
                .isEqualTo("NUMBER_OUT_OF_RANGE");
        assertThat(reading.verdict(observation("'valueQuantity':{'value':" + hundred + "e9}")))
                .startsWith("OBSERVATION");
        assertThat(reading.verdict(observation("'valueQuantity':{'value':" + hundred + "1e9}")))
                .isEqualTo("NUMBER_OUT_OF_RANGE");
    }

    @Test
    void aStringOfThreeMegabytesIsTooLong() {
        String text = "x".repeat(3_000_000);

        assertThat(reading.verdict(observation("'valueString':'" + text + "'"))).isEqualTo("STRING_TOO_LONG");
        assertThat(reading.verdict("{'resourceType':'Practitioner','" + text + "':1}"))
                .isEqualTo("STRING_TOO_LONG");
    }

    @Test
    void aValueThatInflatesTooMuchIsTooLarge() {
        byte[] largest = new byte[Bounds.VALUE_BYTES];
        Arrays.fill(largest, (byte) ' ');
        byte[] observation = json(observation(""));
        System.arraycopy(observation, 0, largest, 0, observation.length);
        byte[] larger = new byte[Bounds.VALUE_BYTES + 1];

        assertThat(Reading.verdict(reading.one(largest))).isEqualTo("OBSERVATION Patient/1");
        assertThat(Reading.verdict(reading.one(larger))).isEqualTo("TOO_LARGE");
    }

    @Test
    void anObservationWithTooManyComponentsIsRejectedAndTheOthersOfItsBundleAreNot() {
        String most = observation("'component':[" + repeated(COMPONENT, Bounds.COMPONENTS) + "]");
        String tooMany = observation("'component':[" + repeated(COMPONENT, Bounds.COMPONENTS + 1) + "]");

        assertThat(reading.content(most).measurements()).hasSize(1 + Bounds.COMPONENTS);
        assertThat(reading.verdict(tooMany)).isEqualTo("TOO_MANY_REPETITIONS");
        assertThat(reading.verdicts("{'resourceType':'Bundle','type':'batch','entry':[{'resource':%s},{'resource':%s}]}"
                        .formatted(tooMany, observation(""))))
                .containsExactly("TOO_MANY_REPETITIONS", "OBSERVATION Patient/1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'code':{'coding':[%s]}",
                "'code':{'text':'x'},'interpretation':[{'coding':[%s]}]",
                "'code':{'text':'x'},'component':[{'code':{'coding':[%s]}}]",
                "'code':{'text':'x'},'component':[{'code':{'text':'x'},'interpretation':[{'coding':[{}]},{'coding':[%s]}]}]"
            })
    void anObservationWithTooManyCodingsIsRejected(String coded) {
        String observation =
                "{'resourceType':'Observation','status':'final','subject':{'reference':'Patient/1'}," + coded + "}";

        assertThat(reading.verdict(observation.formatted(repeated(CODING, Bounds.CODINGS - 1))))
                .isEqualTo("OBSERVATION Patient/1");
        assertThat(reading.verdict(observation.formatted(repeated(CODING, Bounds.CODINGS + 1))))
                .isEqualTo("TOO_MANY_REPETITIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'id':'1',", ""})
    void aPatientWithTooManyIdentifiersIsRejectedAndTheOthersOfItsBundleAreNot(String id) {
        String patient = "{'resourceType':'Patient'," + id + "'identifier':[%s{'system':'urn:mrn','value':'last'}]}";
        String other = "{'system':'urn:mrn','value':'1'},";
        String most = patient.formatted(other.repeat(100 - 1));
        String tooMany = patient.formatted(other.repeat(100));
        String last = observation("")
                .replace("{'reference':'Patient/1'}", "{'identifier':{'system':'urn:mrn','value':'last'}}");
        String bundle = "{'resourceType':'Bundle','type':'batch','entry':[{'resource':%s},{'resource':%s}]}";
        String key = id.isEmpty() ? "urn:mrn|1" : "Patient/1";

        assertThat(reading.verdict(most)).isEqualTo("ignored Patient " + key);
        assertThat(reading.verdict(tooMany)).isEqualTo("TOO_MANY_REPETITIONS");
        assertThat(reading.verdicts(bundle.formatted(most, last)))
                .containsExactly("ignored Patient " + key, "OBSERVATION " + key);
        assertThat(reading.verdicts(bundle.formatted(tooMany, last)))
                .containsExactly("TOO_MANY_REPETITIONS", "OBSERVATION urn:mrn|last");
    }

    @Test
    void aBundleWithTooManyIdentifiersOfPatientsIsRejected() {
        String all = IntStream.range(0, 1_000)
                .mapToObj(patient -> "{'resource':{'resourceType':'Patient','identifier':["
                        + IntStream.range(0, 100)
                                .mapToObj(i -> "{'system':'a','value':'" + patient + "-" + i + "'}")
                                .collect(Collectors.joining(","))
                        + "]}}")
                .collect(Collectors.joining(","));
        String another = ",{'resource':{'resourceType':'Patient','identifier':[{'system':'a','value':'%s'}]}}";
        String bundle = "{'resourceType':'Bundle','type':'batch','entry':[%s]}";

        assertThat(reading.verdicts(bundle.formatted(all + another.formatted("0-0"))))
                .hasSize(1_001)
                .allMatch(verdict -> verdict.startsWith("ignored Patient a|"));
        assertThat(reading.verdicts(bundle.formatted(all + another.formatted("x"))))
                .containsExactly("TOO_LARGE");
    }

    private static String repeated(String json, int times) {
        return String.join(",", Collections.nCopies(times, json));
    }

    @Test
    void theLengthOfAStringIsCountedInCharactersNotBytes() {
        String longest = "\\u00e4é".repeat(Bounds.STRING_CHARACTERS / 2);

        assertThat(reading.verdict(observation("'valueString':'" + longest + "'")))
                .startsWith("OBSERVATION");
        assertThat(reading.verdict(observation("'valueString':'" + longest + "x'")))
                .isEqualTo("STRING_TOO_LONG");
    }

    @Test
    void aNarrativeIsNotAStringAndMayBeLonger() {
        String text = "x".repeat(3_000_000);
        String narrative = "{'status':'generated','div':'<div>" + text + "</div>'}";

        assertThat(reading.verdict(observation("'text':" + narrative))).startsWith("OBSERVATION");
        assertThat(reading.verdict(
                        observation("'contained':[{'resourceType':'Basic','id':'c','text':" + narrative + "}]")))
                .startsWith("OBSERVATION");
        assertThat(reading.verdict("{'resourceType':'Practitioner','text':" + narrative + "}"))
                .isEqualTo("ignored Practitioner");
        assertThat(reading.verdict(observation("'text':" + narrative.replace("'div'", "'status2'"))))
                .isEqualTo("STRING_TOO_LONG");
        assertThat(reading.verdict(observation("'text':" + narrative.replace(text, "x".repeat(Bounds.VALUE_BYTES)))))
                .isEqualTo("TOO_LARGE");
    }

    @Test
    void base64IsNotAStringAndMayBeLonger() {
        String document = "{'resourceType':'DocumentReference','content':[{'attachment':{'data':'"
                + "QUJD".repeat(500_000) + "'}}]}";

        assertThat(reading.verdict(document)).isEqualTo("ignored DocumentReference");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status':'final'",
                "'note':[{'text':'a','text':'b'}]",
                "'x':{'y':{},'y':{}}",
                "'x':[[{'':1,'':2}]]",
                "'st\\u0061tus':'final'"
            })
    void aNameTwiceInOneObjectIsADuplicateKeyAtAnyDepth(String twice) {
        assertThat(reading.verdict(observation(twice))).isEqualTo("DUPLICATE_KEY");
    }

    /** A Patient's links are resolved before problems with its JSON are looked at. */
    @ParameterizedTest
    @ValueSource(
            strings = {"'other':{'reference':'Patient/1'},'other':{}", "'other':{},'other':{'reference':'Patient/1'}"})
    void aReferenceGivenTwiceIsADuplicateKeyWhateverTheOtherSays(String twice) {
        assertThat(reading.verdict("{'resourceType':'Patient','id':'2','link':[{" + twice + ",'type':'replaced-by'}]}"))
                .isEqualTo("DUPLICATE_KEY");
    }

    @Test
    void theSameNameInDifferentObjectsIsNotADuplicate() {
        assertThat(reading.verdict(observation("'x':[{'a':{'a':1},'b':[{'a':2}]},{'a':3}]")))
                .isEqualTo("OBSERVATION Patient/1");
    }

    @Test
    @Timeout(20)
    void aHundredThousandNamesCostLinearTimeAndTheLastDuplicateIsFound() {
        String names =
                IntStream.range(0, 100_000).mapToObj(i -> "'n" + i + "':0").collect(Collectors.joining(","));

        assertThat(reading.verdict(observation(names))).isEqualTo("OBSERVATION Patient/1");
        assertThat(reading.verdict(observation(names + ",'n99999':1"))).isEqualTo("DUPLICATE_KEY");
        assertThat(reading.verdict(observation(names + ",'n3':1"))).isEqualTo("DUPLICATE_KEY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | MISSING_RESOURCE_TYPE",
                "{\"resourceType\":5} | MISSING_RESOURCE_TYPE",
                "{\"resourceType\":\"\"} | MISSING_RESOURCE_TYPE",
                "{\"resourceType\":\"Foo\"} | UNKNOWN_RESOURCE_TYPE",
                "{\"resourceType\":\"observation\"} | UNKNOWN_RESOURCE_TYPE",
                "{\"resourceType\":\"Resource\"} | UNKNOWN_RESOURCE_TYPE",
                "{\"resourceType\":\"Practitioner\",\"birthDate\":7} | ignored Practitioner",
                "{\"id\":\"m\",\"x\":[{}],\"resourceType\":\"Medication\"} | ignored Medication",
                "{\"resourceType\":\"Practitioner\",\"a\":1,\"a\":2} | DUPLICATE_KEY"
            })
    void theTypeDecidesAmongTheTypesOfR4(String json, String verdict) {
        assertThat(reading.verdict(json)).isEqualTo(verdict);
    }

    @Test
    void theTypeMayComeLast() {
        assertThat(
                        reading.verdict(
                                "{'status':'final','code':{'text':'x'},'subject':{'reference':'Patient/1'},'resourceType':'Observation'}"))
                .isEqualTo("OBSERVATION Patient/1");
    }

    @Test
    void theDocumentedOneOfSeveralProblemsIsTheReason() {
        Reading.pairs(
                        // Malformed JSON before problems found earlier in it.
                        "{'resourceType':'Observation','status':'final','status':'final',",
                        "NOT_JSON",
                        // The first of the problems with the JSON.
                        observation("'a':1e999,'b':{'c':1,'c':1}"),
                        "NUMBER_OUT_OF_RANGE",
                        observation("'b':{'c':1,'c':1},'a':1e999"),
                        "DUPLICATE_KEY",
                        // The JSON before the type, the type's elements before its rules, its rules before the patient.
                        "{'resourceType':'Foo','a':1,'a':2}",
                        "DUPLICATE_KEY",
                        "{'resourceType':'Observation','code':5,'subject':{'reference':'???'}}",
                        "WRONG_ELEMENT_TYPE",
                        "{'resourceType':'Observation','subject':{'reference':'???'},'code':5}",
                        "INVALID_REFERENCE",
                        "{'resourceType':'Observation'}",
                        "MISSING_STATUS",
                        "{'resourceType':'Observation','status':'final'}",
                        "MISSING_CODE",
                        "{'resourceType':'Observation','status':'final','code':{'text':'x'}}",
                        "MISSING_PATIENT")
                .forEach(
                        pair -> assertThat(reading.verdict(pair[0])).as(pair[0]).isEqualTo(pair[1]));
    }

    @Test
    void nothingOfAResourceShowsInItsToString() {
        String canary = "Quetzalcoatl";
        String record = observation("'id':'" + canary + "','encounter':{'reference':'Encounter/" + canary + "'}")
                .replace("Patient/1", "Patient/" + canary);

        assertThat(reading.all(record).toString()).doesNotContain(canary);
        assertThat(reading.one(json(record)).toString()).doesNotContain(canary);
        assertThat(reading.one(json("{'resourceType':'Patient','id':'" + canary + "'}"))
                        .toString())
                .doesNotContain(canary);
    }
}
