package io.clinicalstreams.loadgen.verify.classify;

import static io.clinicalstreams.loadgen.verify.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.verify.MemoryTopics;
import io.clinicalstreams.loadgen.verify.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bad input has its own reason. */
class ClassificationTest {

    private static final String ANNA = "Patient/anna";
    private static final String GOOD = Samples.observation(ANNA);

    private final Places places = MemoryTopics.places();
    private final ExpectedResources resources = new ExpectedResources(places, Set.of("https://fhir.hospital.org/r4"));

    private List<Expected> in(@Nullable String key, byte @Nullable [] value) {
        int partition = key == null ? 0 : places.received().partitionOf(bytes(key));
        return resources.in(new ConsumerRecord<>(
                places.received().fullName(), partition, 7, key == null ? null : bytes(key), value));
    }

    private Expected only(String value) {
        List<Expected> expected = in(ANNA, bytes(value));
        assertThat(expected).hasSize(1);
        return expected.get(0);
    }

    static Stream<Arguments> badInputs() {
        String large = "\"note\":[{\"text\":\"" + "x".repeat(3_000_000) + "\"}],";
        return Stream.of(
                bad("not JSON", "MSH|^~\\&|", Reason.NOT_JSON),
                bad("nothing but blanks", "  ", Reason.NOT_JSON),
                bad("cut off", GOOD.substring(0, 100), Reason.NOT_JSON),
                bad("two values", GOOD + GOOD, Reason.NOT_JSON),
                bad("a trailing dot", GOOD.replace("4.10", "4."), Reason.NOT_JSON),
                bad("JSON array", "[" + GOOD + "]", Reason.NOT_AN_OBJECT),
                bad("a text", "\"Observation\"", Reason.NOT_AN_OBJECT),
                bad(
                        "10,000 deep",
                        with("\"x\":" + "[".repeat(10_000) + "]".repeat(10_000) + ","),
                        Reason.NESTING_TOO_DEEP),
                bad("a huge number", GOOD.replace("4.10", "1E+100000"), Reason.NUMBER_OUT_OF_RANGE),
                bad("a tiny number", GOOD.replace("4.10", "1e-100000"), Reason.NUMBER_OUT_OF_RANGE),
                bad("2,000 digits", GOOD.replace("4.10", "1".repeat(2_000)), Reason.NUMBER_OUT_OF_RANGE),
                bad("a 3 MB string", with(large), Reason.STRING_TOO_LONG),
                bad("duplicate keys", with("\"status\":\"final\","), Reason.DUPLICATE_KEY),
                bad(
                        "duplicate keys further down",
                        GOOD.replace("\"unit\"", "\"value\":4.1,\"unit\""),
                        Reason.DUPLICATE_KEY),
                bad(
                        "duplicate keys in an ignored type",
                        "{\"resourceType\":\"Group\",\"id\":\"1\",\"id\":\"1\"}",
                        Reason.DUPLICATE_KEY),
                bad("no type", GOOD.replace("\"resourceType\":\"Observation\",", ""), Reason.MISSING_RESOURCE_TYPE),
                bad("unknown type", GOOD.replace("\"Observation\"", "\"Telegram\""), Reason.UNKNOWN_RESOURCE_TYPE),
                bad("no status", GOOD.replace("\"status\":\"final\",", ""), Reason.MISSING_STATUS),
                bad("status null", GOOD.replace("\"final\"", "null"), Reason.WRONG_ELEMENT_TYPE),
                bad("another status", GOOD.replace("\"final\"", "\"finished\""), Reason.INVALID_STATUS),
                bad("no code", GOOD.replaceFirst("\"code\":\\{.*?]},", ""), Reason.MISSING_CODE),
                bad("empty code", GOOD.replaceFirst("\"code\":\\{.*?]},", "\"code\":{},"), Reason.MISSING_CODE),
                bad("no patient", GOOD.replaceFirst("\"subject\":\\{.*?},", ""), Reason.MISSING_PATIENT),
                bad("only a display", GOOD.replace("\"reference\"", "\"display\""), Reason.MISSING_PATIENT),
                bad("a group", GOOD.replace(ANNA, "Group/1"), Reason.SUBJECT_NOT_A_PATIENT),
                bad("a device's URL", GOOD.replace(ANNA, "http://x.org/Device/1"), Reason.SUBJECT_NOT_A_PATIENT),
                bad("no reference at all", GOOD.replace(ANNA, "a patient"), Reason.INVALID_REFERENCE),
                bad(
                        "a contained patient",
                        GOOD.replace(ANNA, "#p")
                                .replace(
                                        "\"id\"", "\"contained\":[{\"resourceType\":\"Patient\",\"id\":\"p\"}],\"id\""),
                        Reason.CONTAINED_PATIENT),
                bad("nothing contained", GOOD.replace(ANNA, "#p"), Reason.UNRESOLVABLE_REFERENCE),
                bad("a date that is none", GOOD.replace("2024-01-01T10:00:00Z", "yesterday"), Reason.INVALID_VALUE),
                bad("a number as text", GOOD.replace("4.10", "\"4.10\""), Reason.WRONG_ELEMENT_TYPE),
                bad("two values", with("\"valueString\":\"x\","), Reason.MULTIPLE_CHOICE),
                bad("value and reason of absence", with("\"dataAbsentReason\":{\"text\":\"x\"},"), Reason.OBS_6),
                bad("an empty range", with("\"referenceRange\":[{\"appliesTo\":[]}],"), Reason.OBS_3),
                bad(
                        "its own code in a component",
                        with(
                                "\"component\":[{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"2823-3\"}]}}],"),
                        Reason.OBS_7),
                bad(
                        "no intent",
                        Samples.medicationRequest(ANNA).replace("\"intent\":\"order\",", ""),
                        Reason.MISSING_INTENT),
                bad(
                        "another intent",
                        Samples.medicationRequest(ANNA).replace("\"order\"", "\"wish\""),
                        Reason.INVALID_INTENT),
                bad(
                        "no medication",
                        Samples.medicationRequest(ANNA).replace("medicationCodeableConcept", "medicationX"),
                        Reason.MISSING_MEDICATION),
                bad("no class", Samples.encounter(ANNA).replace("\"class\"", "\"klass\""), Reason.MISSING_CLASS),
                bad("a product without code", "{\"resourceType\":\"MedicationKnowledge\"}", Reason.MISSING_CODE),
                bad("a searchset", Samples.bundle("searchset", GOOD), Reason.UNSUPPORTED_BUNDLE_TYPE),
                bad(
                        "a Bundle of no type",
                        Samples.bundle("batch", GOOD).replace("\"type\":\"batch\",", ""),
                        Reason.MISSING_BUNDLE_TYPE),
                bad("a Bundle cut off", Samples.bundle("batch", GOOD).substring(0, 200), Reason.NOT_JSON),
                bad(
                        "a Bundle of duplicate keys",
                        Samples.bundle("batch", GOOD).replace("\"type\"", "\"entry\":[],\"type\""),
                        Reason.DUPLICATE_KEY));
    }

    private static Arguments bad(String name, String value, Reason reason) {
        return Arguments.of(name, value, reason);
    }

    private static String with(String element) {
        return GOOD.replaceFirst("\"status\"", element + "\"status\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInputs")
    void aBadInputHasToBeRejectedForItsReason(String name, String value, Reason reason) {
        Expected expected = only(value);

        assertThat(expected.mustBeRejected()).as(name).isTrue();
        assertThat(expected.reasons()).contains(reason).hasSizeLessThan(7);
        assertThat(expected.mayBeRejectedFor("UNEXPECTED")).isFalse();
        assertThat(expected.asReceived().matches(bytes(value))).isTrue();
    }

    @Test
    void noValueAndAnEmptyOneAreToldApart() {
        assertThat(in(ANNA, null).get(0).reasons()).containsExactly(Reason.NULL_VALUE);
        assertThat(in(ANNA, new byte[0]).get(0).reasons()).containsExactly(Reason.EMPTY_VALUE);
        assertThat(in(ANNA, null).get(0).asReceived().matches(new byte[0])).isFalse();
    }

    @Test
    void bytesThatAreNotUtf8AreFoundWhereverTheyStand() {
        for (byte[] broken : List.of(
                Arrays.copyOf(bytes(GOOD + "\u00fc"), GOOD.length() + 1),
                new byte[] {'{', (byte) 0xC0, (byte) 0x80, '}'},
                new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'})) {
            Expected expected = in(ANNA, broken).get(0);
            assertThat(expected.mustBeRejected()).isTrue();
            assertThat(expected.reasons()).contains(Reason.INVALID_UTF8);
        }
    }

    @Test
    void aGoodResourceIsRecordedUnderItsPatient() {
        Expected expected = only(GOOD);

        assertThat(expected.destination()).isEqualTo(Destination.OBSERVATION);
        assertThat(expected.reasons()).isEmpty();
        assertThat(expected.rekeying()).isEqualTo(Rekeying.NO);
        assertThat(expected.isKeyedRightly(bytes(ANNA))).isTrue();
        assertThat(expected.isKeyedRightly(bytes("Patient/ben"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everySpellingOfAPatientHasOneKey(String subject, String key) {
        Expected expected = only(GOOD.replace("{\"reference\":\"" + ANNA + "\"}", subject));

        assertThat(expected.destination()).isEqualTo(Destination.OBSERVATION);
        assertThat(expected.isKeyedRightly(bytes(key))).isTrue();
    }

    static Stream<Arguments> subjects() {
        return Stream.of(
                Arguments.of("{\"reference\":\"Patient/1\"}", "Patient/1"),
                Arguments.of("{\"reference\":\"Patient/1/_history/2\"}", "Patient/1"),
                Arguments.of("{\"reference\":\"https://fhir.hospital.org/r4/Patient/1\"}", "Patient/1"),
                Arguments.of(
                        "{\"reference\":\"https://other.org/Patient/1/_history/3\"}", "https://other.org/Patient/1"),
                Arguments.of("{\"reference\":\"https://other.org/Patient/1#x\"}", "https://other.org/Patient/1"),
                Arguments.of("{\"reference\":\"urn:uuid:4\"}", "urn:uuid:4"),
                Arguments.of("{\"reference\":\"Patient?identifier=https://x.org/mrn|7\"}", "https://x.org/mrn|7"),
                Arguments.of(
                        "{\"identifier\":{\"system\":\"https://x.org/mrn\",\"value\":\"7\"}}", "https://x.org/mrn|7"),
                Arguments.of("{\"identifier\":{\"value\":\"7\"}}", "|7"),
                Arguments.of("{\"identifier\":{\"value\":\"7\"},\"reference\":\"Patient/1\"}", "Patient/1"));
    }

    @Test
    void aResourceLargerThanItsTopicTakesIsTooLarge() {
        String filler =
                "\"extension\":[" + "{\"url\":\"urn:x\",\"valueString\":\"y\"},".repeat(200_000) + "{\"url\":\"z\"}],";

        Expected expected = only(with(filler));

        assertThat(expected.mustBeRejected()).isTrue();
        assertThat(expected.reasons()).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void otherTypesAreIgnoredByName() {
        assertThat(only("{\"resourceType\":\"Medication\"}").ignoredAs()).isEqualTo("Medication");
        assertThat(only("{\"resourceType\":\"Bundle\",\"type\":\"batch\"}").ignoredAs())
                .isEqualTo("EmptyBundle");
        assertThat(only(Samples.patient("anna")).ignoredAs()).isEqualTo("Patient");
    }
}
