package io.clinicalstreams.verifier.alert;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.account.Promise;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Potassium of one patient: moderate from 6.0, high from 6.5, clear below 6.0; one hour of cool-down. */
class AlertOracleTest {

    private static final String ANNA = "Patient/anna";
    private static final String RULE = "curated/potassium-high";
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final MemoryTopics topics = new MemoryTopics();

    @BeforeEach
    void aRule() {
        String rule = """
                {"id":"curated/potassium-high","version":"3f2a9c1db04e","title":"Potassium high","analyte":"potassium",
                 "source":"x","maxAge":"PT24H","coolDown":"PT1H","age":{"fromYears":18},
                 "variants":[{"codes":[{"system":"http://loinc.org","code":"2823-3"}],"unit":"mmol/L",
                   "sameUnits":["meq/L"],"levels":{"moderate":">=6.0","high":">=6.5"},"clear":"<6.0"}]}
                """;
        topics.output(
                MemoryTopics.verified().alertRules(), RULE, bytes(rule), Coordinates.ofRecord("t", 0, 0), Map.of());
        topics.output(
                MemoryTopics.verified().alertRules(),
                "curated/manifest",
                bytes("{}"),
                Coordinates.ofRecord("t", 0, 0),
                Map.of());
    }

    private static String reading(String id, Instant at, String value) {
        return Samples.observation(ANNA)
                .replace("\"o1\"", "\"" + id + "\"")
                .replace("2024-01-01T10:00:00Z", at.toString())
                .replace("4.10", value);
    }

    private void read(String id, int minute, String value) {
        Instant at = NOON.plus(Duration.ofMinutes(minute));
        topics.sendAt(at.toEpochMilli(), ANNA, reading(id, at, value));
    }

    private void misKeyed(String id, int minute, String value) {
        Instant at = NOON.plus(Duration.ofMinutes(minute));
        String observation = reading(id, at, value);
        Coordinates origin = topics.sendAt(at.toEpochMilli(), "Patient/ben", observation);
        topics.rekey(ANNA, observation, origin);
    }

    private ExpectedAlerts expected() {
        return AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);
    }

    private static String id(String opening) {
        return Watch.alertId(ANNA, RULE, opening, null);
    }

    private static AlertForms actual(String opening, int version, String transition, String severity, int escalations) {
        AlertForm form = new AlertForm(id(opening), version, RULE, transition, severity, escalations);
        return new AlertForms(Map.of(form.id(), form));
    }

    private void assertDue(AlertForms forms) {
        assertThat(expected().compare(forms).broken()).isEmpty();
        assertThat(expected().demanded()).isEqualTo(1);
    }

    private void assertNothingIsDue() {
        assertThat(expected().demanded()).isZero();
        assertThat(expected().compare(new AlertForms(Map.of())).isKept()).isTrue();
    }

    @Test
    void anAlertPassesThroughItsTransitions() {
        read("a", 0, "6.1");
        assertDue(actual("a", 1, "raised", "moderate", 0));
        read("b", 10, "6.7");
        assertDue(actual("a", 2, "escalated", "high", 1));
        read("c", 20, "6.8");
        assertDue(actual("a", 2, "escalated", "high", 1));
        read("d", 30, "6.2");
        assertDue(actual("a", 3, "lowered", "moderate", 1));
        read("e", 100, "6.3");
        assertDue(actual("a", 4, "repeated", "moderate", 1));
        read("f", 110, "5.9");
        assertDue(actual("a", 5, "resolved", "moderate", 1));
        read("g", 120, "6.5");
        assertDue(actual("a", 6, "reopened", "high", 1));
    }

    @Test
    void aValueThatAlternatesPagesOnceInTheCoolDown() {
        read("a", 0, "6.1");
        read("b", 1, "5.9");
        read("c", 2, "6.1");
        assertDue(actual("a", 3, "recurred", "moderate", 0));
        read("d", 3, "6.6");
        assertDue(actual("a", 4, "escalated", "high", 1));
        read("e", 4, "6.1");
        read("f", 5, "6.6");
        assertDue(actual("a", 6, "recurred", "high", 1));
        read("g", 62, "6.1");
        read("h", 63, "6.1");
        assertDue(actual("a", 8, "repeated", "moderate", 1));
    }

    @Test
    void aClearReadingOfAClockThatIsAheadDoesNotSilenceALaterOne() {
        read("a", 0, "6.1");
        Instant at = NOON.plus(Duration.ofMinutes(90));
        topics.sendAt(at.toEpochMilli(), ANNA, reading("fast", at.plusSeconds(300), "5.0"));
        read("worse", 91, "6.9");
        assertDue(actual("a", 3, "reopened", "high", 0));
    }

    @Test
    void anAlertThatIsNotHeardOfForAWeekHasEnded() {
        read("a", 0, "6.1");
        topics.sendAt(NOON.plus(Duration.ofDays(8)).toEpochMilli(), "Patient/ben", "{}");

        assertThat(expected().compare(actual("a", 2, "ended", "moderate", 0)).isKept())
                .isTrue();
        assertThat(expected().compare(actual("a", 1, "raised", "moderate", 0)).isKept())
                .as("an idle patient is looked at later")
                .isTrue();
        assertThat(expected().compare(actual("a", 2, "resolved", "moderate", 0)).isKept())
                .isFalse();
    }

    @Test
    void anAlertThatWasHeardOfWithinAWeekHasNotEnded() {
        read("a", 0, "6.1");
        topics.sendAt(NOON.plus(Duration.ofDays(5)).toEpochMilli(), "Patient/ben", "{}");

        assertThat(expected().compare(actual("a", 2, "ended", "moderate", 0)).isKept())
                .isFalse();
        assertDue(actual("a", 1, "raised", "moderate", 0));
    }

    @Test
    void whatComesAfterAnEndingIsDueAsAfterAnyOther() {
        read("a", 0, "6.1");
        read("b", 8 * 24 * 60, "6.1");

        AlertForm ended = new AlertForm(id("a"), 2, RULE, "ended", "moderate", 0);
        AlertForm raised = new AlertForm(id("b"), 1, RULE, "raised", "moderate", 0);
        assertThat(expected()
                        .compare(new AlertForms(Map.of(ended.id(), ended, raised.id(), raised)))
                        .broken())
                .isEmpty();
        assertThat(expected().demanded()).isEqualTo(2);
    }

    @Test
    void whatWouldEndWithinADayOfAReadingIsOpen() {
        read("a", 0, "6.1");
        read("b", 7 * 24 * 60 - 60, "6.2");

        assertThat(expected().ambiguous()).isEqualTo(1);
        assertThat(expected().demanded()).isZero();
    }

    @Test
    void aBirthDateThatExcludesThePatientEndsTheAlert() {
        read("a", 0, "7");
        String child = Samples.patient("anna").replace("\"id\"", "\"birthDate\":\"2020-05-02\",\"id\"");
        topics.sendAt(NOON.plusSeconds(90).toEpochMilli(), ANNA, child);
        assertDue(actual("a", 2, "ended", "high", 0));
    }

    @Test
    void afterTheCoolDownANewAlertIsRaised() {
        read("a", 0, "6.1");
        read("b", 10, "5.0");
        read("c", 80, "6.1");

        Promise verdict = expected().compare(actual("a", 2, "resolved", "moderate", 0));

        assertThat(verdict.broken()).containsExactly("alert " + id("c") + " is missing");
        assertThat(verdict.isKept()).isFalse();
    }

    @Test
    void aMissingADifferentAndAnUnexpectedAlertAreNamed() {
        read("a", 0, "6.1");

        assertThat(expected().compare(new AlertForms(Map.of())).broken())
                .containsExactly("alert " + id("a") + " is missing");
        assertThat(expected().compare(actual("a", 1, "raised", "high", 0)).broken())
                .containsExactly("alert " + id("a") + " has a wrong final form");
        assertThat(expected().compare(actual("a", 2, "raised", "moderate", 0)).broken())
                .containsExactly("alert " + id("a") + " has a wrong final form");
        assertThat(expected().compare(actual("x", 1, "raised", "high", 0)).broken())
                .containsExactlyInAnyOrder("alert " + id("x") + " is not due", "alert " + id("a") + " is missing");
    }

    @Test
    void limitsAreExact() {
        read("a", 0, "5.999999999999999999999999");
        assertNothingIsDue();
        read("b", 1, "6.0000");
        assertDue(actual("b", 1, "raised", "moderate", 0));
    }

    @Test
    void staleAndFutureReadingsOpenNoAlert() {
        String stale = reading("a", NOON.minus(Duration.ofHours(25)), "7");
        topics.sendAt(NOON.toEpochMilli(), ANNA, stale);
        topics.sendAt(NOON.toEpochMilli(), ANNA, reading("b", NOON.plus(Duration.ofMinutes(6)), "7"));
        assertNothingIsDue();

        topics.sendAt(NOON.toEpochMilli(), ANNA, stale.replace("\"status\"", "\"issued\":\"" + NOON + "\",\"status\""));
        assertDue(actual("a", 1, "raised", "high", 0));
    }

    private void readOn(String id, Instant at, String effective, String value) {
        String observation = reading(id, NOON, value).replace(NOON.toString(), effective);
        topics.sendAt(at.toEpochMilli(), ANNA, observation);
    }

    @Test
    void aResultDatedTodayHasTheTimeOfItsInput() {
        read("a", 0, "6.1");
        readOn("b", NOON.plus(Duration.ofMinutes(10)), "2024-05-01", "6.7");
        assertDue(actual("a", 2, "escalated", "high", 1));
        read("c", 11, "5.0");
        assertDue(actual("a", 3, "resolved", "high", 1));
    }

    @Test
    void onlyADayThatBeginsMoreThanFiveMinutesAheadIsTheFuture() {
        Instant midnight = Instant.parse("2024-05-02T00:00:00Z");
        readOn("a", midnight.minus(Duration.ofMinutes(6)), "2024-05-02", "7");
        assertNothingIsDue();
        readOn("b", midnight.minus(Duration.ofMinutes(5)), "2024-05-02", "7");
        assertDue(actual("b", 1, "raised", "high", 0));
    }

    @Test
    void aDayThatIsOverIsAsOldAsItsEnd() {
        Instant midnight = Instant.parse("2024-05-02T00:00:00Z");
        readOn("a", midnight.plus(Duration.ofHours(24)), "2024-05-01", "7");
        assertNothingIsDue();
        readOn("b", midnight.plus(Duration.ofHours(23)), "2024-05-01", "7");
        assertDue(actual("b", 1, "raised", "high", 0));
    }

    @Test
    void anOngoingPeriodHasTheTimeOfItsInputAndATimingThatOfItsLatestEvent() {
        String dated = reading("a", NOON, "7");
        String effective = "\"effectiveDateTime\":\"" + NOON + '"';
        topics.sendAt(
                NOON.toEpochMilli(),
                ANNA,
                dated.replace(effective, "\"effectiveTiming\":{\"event\":[\"2024-05-01T11:00:00Z\",\"2024-04-01\"]}"));
        assertDue(actual("a", 1, "raised", "high", 0));
        topics.sendAt(
                NOON.plus(Duration.ofMinutes(90)).toEpochMilli(),
                ANNA,
                dated.replace(effective, "\"effectivePeriod\":{\"start\":\"2024-05-01\",\"end\":\"2024-06-30\"}")
                        .replace("\"a\"", "\"b\""));
        assertDue(actual("a", 2, "repeated", "high", 0));
    }

    @Test
    void aComparatorIsAnInterval() {
        String above = reading("a", NOON, "7").replace("\"value\"", "\"comparator\":\">\",\"value\"");
        topics.sendAt(NOON.toEpochMilli(), ANNA, above.replace("\":7,", "\":5,"));
        assertNothingIsDue();
        topics.sendAt(NOON.toEpochMilli(), ANNA, above);
        assertDue(actual("a", 1, "raised", "high", 0));
    }

    @Test
    void unitsAreConvertedOrNotEvaluated() {
        topics.sendAt(NOON.toEpochMilli(), ANNA, reading("a", NOON, "98").replace("mmol/L", "[degF]"));
        assertNothingIsDue();
        topics.sendAt(NOON.toEpochMilli(), ANNA, reading("b", NOON, "6100").replace("mmol/L", "umol/L"));
        assertDue(actual("b", 1, "raised", "moderate", 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00b5mol/L", "\u03bcmol/L"})
    void eitherMuIsMicro(String unit) {
        topics.sendAt(NOON.toEpochMilli(), ANNA, reading("a", NOON, "6100").replace("mmol/L", unit));
        assertDue(actual("a", 1, "raised", "moderate", 0));
    }

    @Test
    void anUnknownUnitRequiresNoAlert() {
        topics.sendAt(NOON.toEpochMilli(), ANNA, reading("a", NOON, "98").replace("mmol/L", "furlong"));

        assertNothingIsDue();
        assertThat(expected().ambiguous()).isEqualTo(1);
        assertThat(expected().compare(actual("a", 1, "raised", "high", 0)).isKept())
                .isTrue();
    }

    @Test
    void theRuleExcludesChildren() {
        String child = Samples.patient("anna").replace("\"id\"", "\"birthDate\":\"2006-05-02\",\"id\"");
        topics.send(ANNA, child);
        read("a", 0, "7");
        assertNothingIsDue();
        topics.sendAt(NOON.plusSeconds(30).toEpochMilli(), ANNA, child.replace("05-02", "05-01"));
        assertDue(actual("a", 1, "raised", "high", 0));
    }

    @Test
    void aPreliminaryAlertIsConfirmedByTheFinalForm() {
        String preliminary = reading("a", NOON, "6.1").replace("\"final\"", "\"preliminary\"");
        topics.sendAt(NOON.toEpochMilli(), ANNA, preliminary);
        assertDue(actual("a", 1, "raised", "moderate", 0));
        read("a", 0, "6.2");
        assertDue(actual("a", 2, "confirmed", "moderate", 0));
        read("a", 0, "6.2");
        assertDue(actual("a", 2, "confirmed", "moderate", 0));
    }

    @Test
    void anyInterleavingOfMisKeyedReadingsIsAccepted() {
        read("a", 0, "6.1");
        misKeyed("b", 10, "6.2");

        ExpectedAlerts expected = expected();

        assertThat(expected.ambiguous()).isEqualTo(1);
        assertThat(expected.compare(actual("a", 1, "raised", "moderate", 0)).isKept())
                .isTrue();
        assertThat(expected.compare(actual("b", 1, "raised", "moderate", 0)).isKept())
                .isTrue();
        assertThat(expected.compare(actual("a", 2, "raised", "moderate", 0)).isKept())
                .isFalse();
    }

    @Test
    void readingsThatAreAllMisKeyedHaveOneOrder() {
        misKeyed("a", 0, "6.1");
        misKeyed("b", 10, "6.7");

        assertThat(expected().ambiguous()).isZero();
        assertDue(actual("a", 2, "escalated", "high", 1));
    }

    @Test
    void aMisKeyedReadingThatWasNotReKeyedHasNoEffect() {
        topics.append(
                MemoryTopics.verified().received(),
                0,
                "Patient/ben",
                bytes(reading("a", NOON, "7")),
                new RecordHeaders(),
                0);

        assertNothingIsDue();
    }

    @Test
    void anotherSendersReadingInTheReKeyedTopicIsEvaluated() {
        topics.append(
                MemoryTopics.verified().rekeyed(),
                MemoryTopics.verified().rekeyed().partitionOf(bytes(ANNA)),
                ANNA,
                bytes(reading("a", NOON, "6.1")),
                new RecordHeaders(),
                NOON.toEpochMilli());

        assertDue(actual("a", 1, "raised", "moderate", 0));
    }

    @Test
    void neverShowsAPatient() {
        read("canary", 0, "6.1");

        assertThat(expected().compare(new AlertForms(Map.of())).toString()).doesNotContain("canary", ANNA);
    }
}
