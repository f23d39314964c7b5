package io.clinicalstreams.verifier.classify;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.FhirSettings;
import io.clinicalstreams.topics.wire.Reason;
import io.clinicalstreams.verifier.classify.Expected.Rekeying;
import io.clinicalstreams.verifier.json.JsonBounds;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each invalid input has its own reason. */
class ClassificationTest {

    private static final String ANNA = "Patient/anna";
    private static final String GOOD = Samples.observation(ANNA);
    private static final String ENDLESS = "x".repeat(JsonBounds.TEXT + 1);
    private static final String WRONG_WAY_ROUND =
            "{\"start\":\"2024-01-01T10:00:00Z\",\"end\":\"2024-01-01T10:00:00+01:00\"}";

    private final VerifiedTopics verified = MemoryTopics.verified();
    private final ExpectedResources resources = new ExpectedResources(
            MemoryTopics.verified(new FhirSettings(Set.of("https://fhir.hospital.org/r4"), null, null)));

    private List<Expected> in(@Nullable String key, byte @Nullable [] value) {
        int partition = key == null ? 0 : verified.received().partitionOf(bytes(key));
        return resources.in(new ConsumerRecord<>(
                verified.received().fullName(), partition, 7, key == null ? null : bytes(key), value));
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
                bad("a byte order mark", "\uFEFF" + GOOD, Reason.NOT_JSON),
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
                bad(
                        "a code of nothing but an id",
                        GOOD.replaceFirst("\"code\":\\{.*?]},", "\"code\":{\"id\":\"x\"},"),
                        Reason.MISSING_CODE),
                bad("a code with two blanks in a row", GOOD.replace("2823-3", "2823  3"), Reason.INVALID_VALUE),
                bad("a code that begins with a tab", GOOD.replace("2823-3", "\\t2823-3"), Reason.INVALID_VALUE),
                bad(
                        "an interpretation with a blank at its end",
                        with("\"interpretation\":[{\"coding\":[{\"code\":\"H \"}]}],"),
                        Reason.INVALID_VALUE),
                bad(
                        "a component's code that is a number",
                        with("\"component\":[{\"code\":{\"coding\":[{\"code\":5}]}}],"),
                        Reason.WRONG_ELEMENT_TYPE),
                bad(
                        "a unit's code that is an object",
                        GOOD.replace("\"code\":\"mmol/L\"", "\"code\":{\"id\":\"x\"}"),
                        Reason.WRONG_ELEMENT_TYPE),
                bad(
                        "a class with a blank",
                        Samples.encounter(ANNA).replaceFirst("\"code\":\"", "$0 "),
                        Reason.INVALID_VALUE),
                bad(
                        "a medication of nothing but an id",
                        Samples.medicationRequest(ANNA)
                                .replaceFirst(
                                        "\"medicationCodeableConcept\":",
                                        "\"medicationReference\":{\"id\":\"x\"},\"x\":"),
                        Reason.MISSING_MEDICATION),
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
                bad("an id that is none", GOOD.replace("\"o1\"", "\"o_1\""), Reason.INVALID_VALUE),
                bad("an id of 65 characters", GOOD.replace("o1", "x".repeat(65)), Reason.INVALID_VALUE),
                bad("a number as id", GOOD.replace("\"o1\"", "1"), Reason.WRONG_ELEMENT_TYPE),
                bad(
                        "an order's id that is none",
                        Samples.medicationRequest(ANNA).replace("m1", "m 1"),
                        Reason.INVALID_VALUE),
                bad("a visit's id that is none", Samples.encounter(ANNA).replace("e1", "e/1"), Reason.INVALID_VALUE),
                bad(
                        "a product's id that is none",
                        Samples.medicationKnowledge("1").replace("\"code\":{", "\"id\":\"ä\",\"code\":{"),
                        Reason.INVALID_VALUE),
                bad("an endless key", GOOD.replace(ANNA, "urn:x:" + ENDLESS), Reason.INVALID_REFERENCE),
                bad("an endless fragment", GOOD.replace(ANNA, ANNA + '#' + ENDLESS), Reason.INVALID_REFERENCE),
                bad(
                        "an endless encounter",
                        with("\"encounter\":{\"reference\":\"urn:x:" + ENDLESS + "\"},"),
                        Reason.INVALID_REFERENCE),
                bad(
                        "an endless identifier",
                        with("\"identifier\":[{\"value\":\"" + ENDLESS + "\"}],"),
                        Reason.INVALID_VALUE),
                bad(
                        "an endless unit",
                        GOOD.replace("\"unit\":\"mmol/L\"", "\"unit\":\"" + ENDLESS + "\""),
                        Reason.INVALID_VALUE),
                bad("an endless product", Samples.medicationKnowledge(ENDLESS), Reason.INVALID_VALUE),
                bad(
                        "an identifier of no system",
                        GOOD.replace("\"reference\":\"" + ANNA + '"', "\"identifier\":{\"value\":\"7\"}"),
                        Reason.UNRESOLVABLE_REFERENCE),
                bad(
                        "an identifier with a bar in its system",
                        GOOD.replace(
                                "\"reference\":\"" + ANNA + '"',
                                "\"identifier\":{\"system\":\"urn:a|b\",\"value\":\"7\"}"),
                        Reason.UNRESOLVABLE_REFERENCE),
                bad("a search of no system", searching("|7"), Reason.UNRESOLVABLE_REFERENCE),
                bad("a search without bar", searching("7"), Reason.UNRESOLVABLE_REFERENCE),
                bad("a search for one or the other", searching("a|1,a|2"), Reason.UNRESOLVABLE_REFERENCE),
                bad("the same, escaped", searching("a|1%2Ca|2"), Reason.UNRESOLVABLE_REFERENCE),
                bad("a search for more than an identifier", searching("a|1&b=2"), Reason.UNRESOLVABLE_REFERENCE),
                bad("an escape that is none", searching("a|%zz"), Reason.UNRESOLVABLE_REFERENCE),
                bad(
                        "nothing but a base URL",
                        GOOD.replace(ANNA, "https://fhir.hospital.org/r4/"),
                        Reason.INVALID_REFERENCE),
                bad("an address with a bar", GOOD.replace(ANNA, "https://x.org/p|7"), Reason.INVALID_REFERENCE),
                bad(
                        "a period that ends before it starts",
                        GOOD.replace(
                                "\"effectiveDateTime\":\"2024-01-01T10:00:00Z\"",
                                "\"effectivePeriod\":" + WRONG_WAY_ROUND),
                        Reason.INVALID_VALUE),
                bad(
                        "a period whose end is over before it starts, in every time zone",
                        GOOD.replace(
                                "\"effectiveDateTime\":\"2024-01-01T10:00:00Z\"",
                                "\"effectivePeriod\":{\"start\":\"2024-01-12T08:00:00Z\",\"end\":\"2024-01-09\"}"),
                        Reason.INVALID_VALUE),
                bad(
                        "a period that starts after its end, in every time zone",
                        GOOD.replace(
                                "\"effectiveDateTime\":\"2024-01-01T10:00:00Z\"",
                                "\"effectivePeriod\":{\"start\":\"2024-02\",\"end\":\"2024-01-31T09:59:59Z\"}"),
                        Reason.INVALID_VALUE),
                bad(
                        "an event on no day",
                        GOOD.replace(
                                "\"effectiveDateTime\":\"2024-01-01T10:00:00Z\"",
                                "\"effectiveTiming\":{\"event\":[\"2024-02-30\"]}"),
                        Reason.INVALID_VALUE),
                bad(
                        "an order of no day",
                        Samples.medicationRequest(ANNA).replace("\"status\"", "\"authoredOn\":\"today\",\"status\""),
                        Reason.INVALID_VALUE),
                bad(
                        "a past status of no time",
                        visit("\"statusHistory\":[{\"status\":\"planned\"}]"),
                        Reason.INVALID_VALUE),
                bad(
                        "a time of no status",
                        visit("\"statusHistory\":[{\"period\":{\"start\":\"2024\"}}]"),
                        Reason.INVALID_VALUE),
                bad("a place that is none", visit("\"location\":[{\"location\":{}}]"), Reason.INVALID_VALUE),
                bad("a visit that ends before it starts", visit("\"period\":" + WRONG_WAY_ROUND), Reason.INVALID_VALUE),
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

    private static String searching(String identifier) {
        return GOOD.replace(ANNA, "Patient?identifier=" + identifier);
    }

    private static String visit(String element) {
        return Samples.encounter(ANNA).replace("\"status\"", element + ",\"status\"");
    }

    private static String with(String element) {
        return GOOD.replaceFirst("\"status\"", element + "\"status\"");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInputs")
    void anInvalidInputMustBeRejectedForItsReason(String name, String value, Reason reason) {
        Expected expected = only(value);

        assertThat(expected.mustBeRejected()).as(name).isTrue();
        assertThat(expected.reasons()).contains(reason).hasSizeLessThan(7);
        assertThat(expected.mayBeRejectedFor("UNEXPECTED")).isFalse();
        assertThat(expected.asReceived().matches(bytes(value))).isTrue();
    }

    @Test
    void aMissingAndAnEmptyValueAreDistinguished() {
        assertThat(in(ANNA, null).get(0).reasons()).containsExactly(Reason.NULL_VALUE);
        assertThat(in(ANNA, new byte[0]).get(0).reasons()).containsExactly(Reason.EMPTY_VALUE);
        assertThat(in(ANNA, null).get(0).asReceived().matches(new byte[0])).isFalse();
    }

    @Test
    void bytesThatAreNotUtf8AreFoundAnywhere() {
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
    void aValidResourceIsRecordedUnderItsPatient() {
        Expected expected = only(GOOD);

        assertThat(expected.destination()).isEqualTo(RecordedType.OBSERVATION);
        assertThat(expected.reasons()).isEmpty();
        assertThat(expected.rekeying()).isEqualTo(Rekeying.NO);
        assertThat(expected.isKeyedRightly(bytes(ANNA))).isTrue();
        assertThat(expected.isKeyedRightly(bytes("Patient/ben"))).isFalse();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everySpellingOfAPatientHasOneKey(String subject, String key) {
        Expected expected = only(GOOD.replace("{\"reference\":\"" + ANNA + "\"}", subject));

        assertThat(expected.destination()).isEqualTo(RecordedType.OBSERVATION);
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
                Arguments.of("{\"reference\":\"Patient?identifier=https://x.org/mrn%7C7+7\"}", "https://x.org/mrn|7+7"),
                Arguments.of(
                        "{\"reference\":\"https://fhir.hospital.org/r4/Patient?identifier=https://x.org/mrn|7\"}",
                        "https://x.org/mrn|7"),
                Arguments.of("{\"identifier\":{\"value\":\"7\"},\"reference\":\"Patient/1\"}", "Patient/1"));
    }

    @Test
    void theLongerOfTwoBaseUrlsCounts() {
        ExpectedResources both = new ExpectedResources(
                MemoryTopics.verified(new FhirSettings(Set.of("https://x.org", "https://x.org/fhir"), null, null)));
        byte[] value = bytes(GOOD.replace(ANNA, "https://x.org/fhir/" + ANNA));

        Expected expected = both.in(new ConsumerRecord<>(verified.received().fullName(), 0, 7, null, value))
                .get(0);

        assertThat(expected.isKeyedRightly(bytes(ANNA))).isTrue();
        assertThat(expected.mustBeRejected()).isFalse();
    }

    @Test
    void aDateEndsInTheEnvironmentsZone() {
        FhirSettings inBerlin = new FhirSettings(Set.of(), ZoneId.of("Europe/Berlin"), null);
        ExpectedResources expected = new ExpectedResources(MemoryTopics.verified(inBerlin));
        byte[] value = bytes(GOOD.replace("2024-01-01T10:00:00Z", "2026-03-01"));

        Fact fact = expected.facts(new ConsumerRecord<>(verified.received().fullName(), 0, 7, bytes(ANNA), value))
                .get(0);

        assertThat(((Fact.Observed) fact).effective())
                .isEqualTo(new When(
                        Instant.parse("2026-02-28T23:00:00Z"), Instant.parse("2026-03-01T22:59:59.999999999Z"), true));
    }

    @Test
    void aProductIsIdentifiedBySystemAndCodeOrByItsRxNormCode() {
        String product = Samples.medicationKnowledge("197604");

        assertThat(only(product).isKeyedRightly(bytes("formulary/197604"))).isTrue();
        assertThat(only(product.replace("http://www.nlm.nih.gov/research/umls/rxnorm", "urn:ndc"))
                        .isKeyedRightly(bytes("formulary/urn:ndc|197604")))
                .isTrue();
        assertThat(only(product.replace("\"system\":\"http://www.nlm.nih.gov/research/umls/rxnorm\",", ""))
                        .isKeyedRightly(bytes("formulary/|197604")))
                .isTrue();
    }

    @Test
    void aPatientWithoutAValidIdHasNoKey() {
        assertThat(only(Samples.patient("ben")).rekeying()).isEqualTo(Rekeying.YES);
        assertThat(only(Samples.patient("a b")).rekeying()).isEqualTo(Rekeying.NO);
        assertThat(only("{\"resourceType\":\"Patient\",\"id\":7}").rekeying()).isEqualTo(Rekeying.NO);
    }

    @Test
    void longValuesThatStillFitAreAccepted() {
        String longest = "https://x.org/" + "x".repeat(JsonBounds.TEXT - 14);

        assertThat(only(GOOD.replace(ANNA, longest)).isKeyedRightly(bytes(longest)))
                .isTrue();
        assertThat(only(with("\"identifier\":[{\"value\":\"" + longest + "\"}],"))
                        .reasons())
                .isEmpty();
        assertThat(only(GOOD.replace("\"unit\":\"mmol/L\"", "\"unit\":\"" + longest + "\""))
                        .reasons())
                .isEmpty();
    }

    @Test
    void aValueThatInflatesTooMuchIsTooLarge() {
        byte[] largest = new byte[JsonBounds.VALUE];
        Arrays.fill(largest, (byte) ' ');

        assertThat(in(ANNA, largest).get(0).reasons()).containsExactly(Reason.NOT_JSON);
        assertThat(in(ANNA, new byte[JsonBounds.VALUE + 1]).get(0).reasons()).containsExactly(Reason.TOO_LARGE);
    }

    @Test
    void anObservationWithTooManyComponentsOrCodingsIsRejected() {
        assertThat(only(with(components(JsonBounds.COMPONENTS, 1))).reasons()).isEmpty();
        assertThat(only(with(components(JsonBounds.COMPONENTS + 1, 1))).reasons())
                .containsExactly(Reason.TOO_MANY_REPETITIONS);
        assertThat(only(with(components(1, JsonBounds.CODINGS))).reasons()).isEmpty();
        assertThat(only(with(components(1, JsonBounds.CODINGS + 1))).reasons())
                .containsExactly(Reason.TOO_MANY_REPETITIONS);
        assertThat(only(with(interpretations(JsonBounds.CODINGS))).reasons()).isEmpty();
        assertThat(only(with(interpretations(JsonBounds.CODINGS + 1))).reasons())
                .containsExactly(Reason.TOO_MANY_REPETITIONS);
    }

    private static String components(int components, int codings) {
        String component = "{\"code\":{\"coding\":[" + list("{\"code\":\"x\"}", codings) + "]}}";
        return "\"component\":[" + list(component, components) + "],";
    }

    private static String interpretations(int count) {
        return "\"interpretation\":[" + list("{\"coding\":[{\"code\":\"x\"}]}", count) + "],";
    }

    private static String list(String json, int times) {
        return String.join(",", Collections.nCopies(times, json));
    }

    @Test
    void aResourceAboveItsTopicsLimitIsTooLarge() {
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

    @ParameterizedTest
    @CsvSource(delimiterString = " ~ ", quoteCharacter = '`', textBlock = """
            "notes":1 ~ UNKNOWN_ELEMENT
            "note":[{"time":"2026"}] ~ MISSING_ELEMENT
            "note":{"text":"x"} ~ WRONG_ELEMENT_TYPE
            "note":[{"text":"x","time":"yesterday"}] ~ INVALID_VALUE
            "identifier":[{"use":"foo"}] ~ INVALID_VALUE
            "contained":[{"resourceType":"Foo"}] ~ UNKNOWN_RESOURCE_TYPE
            "contained":[{"resourceType":"Patient","id":"p","name":[{"given":["A",null]}]}] ~ INVALID_VALUE
            "extension":[{"url":"u","valueString":"a","valueCode":"b"}] ~ MULTIPLE_CHOICE
            "text":{"status":"generated","div":"<div xmlns=\\"http://www.w3.org/1999/xhtml\\"><p>x</div>"} ~ INVALID_VALUE
            """)
    void atTheLevelFullEveryElementIsR4s(String element, Reason reason) {
        String json = GOOD.replaceFirst("\\{", Matcher.quoteReplacement("{" + element + ","));
        ExpectedResources full = new ExpectedResources(
                MemoryTopics.verified(new FhirSettings(null, null, FhirSettings.Validation.FULL)));

        assertThat(only(json).mustBeRejected()).isFalse();
        assertThat(only(full, json).mustBeRejected()).isTrue();
        assertThat(only(full, json).reasons()).contains(reason);
        assertThat(only(full, GOOD).mustBeRejected()).isFalse();
    }

    /** The lane checks comments and named characters as strictly, so a verdict that allows a rejection would hide one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!--[if gte mso 9]><?x?></p ><script>&x;<![endif]-->",
                "<p title=\\\"&nbsp;&lt;\\\">x</p>",
                "&nbsp;"
            })
    void aNarrativeMayHaveCommentsAndNamedCharacters(String inside) {
        String div = "<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\">" + inside + "</div>";
        String text = "\"text\":{\"status\":\"generated\",\"div\":\"" + div + "\"},";
        ExpectedResources full = new ExpectedResources(
                MemoryTopics.verified(new FhirSettings(null, null, FhirSettings.Validation.FULL)));

        Expected expected = only(full, GOOD.replace("\"status\"", text + "\"status\""));

        assertThat(expected.mustBeRejected()).isFalse();
        assertThat(expected.mayBeRejectedFor(Reason.INVALID_VALUE.name())).isFalse();
        assertThat(only(full, GOOD.replace("\"status\"", text.replace("</div>", "</div>&nbsp;") + "\"status\""))
                        .mustBeRejected())
                .isTrue();
    }

    /** Nulls beside extensions, a text that is only an extension, a narrative that is longer than a string may be. */
    @Test
    void validR4ThatLooksOddIsAccepted() {
        String extension = "{\"extension\":[{\"url\":\"urn:x\",\"valueCode\":\"unknown\"}]}";
        String range = "\"referenceRange\":[{\"_text\":" + extension + "}],";
        String timing =
                "\"effectiveTiming\":{\"event\":[null,\"2024-01-01T10:00:00Z\"],\"_event\":[" + extension + ",null]}";
        String narrative = "\"text\":{\"status\":\"generated\",\"div\":\""
                + "x".repeat(3 * (1 << 20)).replace("xxx", "<b>") + "\"},";

        for (String odd : List.of(
                GOOD.replace("\"status\"", range + "\"status\""),
                GOOD.replace("\"effectiveDateTime\":\"2024-01-01T10:00:00Z\"", timing),
                GOOD.replace("\"status\"", narrative + "\"status\""))) {
            Expected expected = only(odd);

            assertThat(expected.mustBeRejected()).isFalse();
            assertThat(expected.mayBeRejectedFor(Reason.WRONG_ELEMENT_TYPE.name()))
                    .isFalse();
            assertThat(expected.mayBeRejectedFor(Reason.STRING_TOO_LONG.name())).isFalse();
        }
        assertThat(only(GOOD.replace("\"effectiveDateTime\":\"2024-01-01T10:00:00Z\"", timing.replace("_event", "x")))
                        .mustBeRejected())
                .isTrue();
    }

    private Expected only(ExpectedResources expected, String value) {
        List<Expected> all = expected.in(new ConsumerRecord<>(
                verified.received().fullName(),
                verified.received().partitionOf(bytes(ANNA)),
                7,
                bytes(ANNA),
                bytes(value)));
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
