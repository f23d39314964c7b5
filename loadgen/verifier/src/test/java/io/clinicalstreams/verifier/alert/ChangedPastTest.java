package io.clinicalstreams.verifier.alert;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Potassium of one patient, whose results come late, without a time, or are corrected and withdrawn: moderate from 6.0,
 * high from 6.5, clear below 5.5; one hour of cool-down.
 */
class ChangedPastTest {

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
                   "sameUnits":["meq/L"],"levels":{"moderate":">=6.0","high":">=6.5"},"clear":"<5.5"}]}
                """;
        topics.output(
                MemoryTopics.verified().alertRules(), RULE, bytes(rule), Coordinates.ofRecord("t", 0, 0), Map.of());
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private static String reading(String id, int minute, String value) {
        return Samples.observation(ANNA)
                .replace("\"o1\"", "\"" + id + "\"")
                .replace("2024-01-01T10:00:00Z", at(minute).toString())
                .replace("4.10", value);
    }

    private static String undated(String id, String value) {
        return reading(id, 0, value).replace("\"effectiveDateTime\":\"" + NOON + "\",", "");
    }

    private static String corrected(String id, int minute, String value) {
        return reading(id, minute, value).replace("\"final\"", "\"corrected\"");
    }

    private static String withdrawn(String id) {
        return reading(id, 0, "4").replace("\"final\"", "\"entered-in-error\"");
    }

    private static String version(int number, String observation) {
        return observation.replace("\"status\"", "\"meta\":{\"versionId\":\"" + number + "\"},\"status\"");
    }

    private static String with(String element, String observation) {
        return observation.replace("\"status\"", element + ",\"status\"");
    }

    private void send(int minute, String resource) {
        topics.sendAt(at(minute).toEpochMilli(), ANNA, resource);
    }

    private void sendPatient(int minute, String birthDate) {
        send(minute, Samples.patient("anna").replace("\"id\"", "\"birthDate\":\"" + birthDate + "\",\"id\""));
    }

    private void assertDue(String... openingVersionTransitionSeverity) {
        Map<String, AlertForm> forms = new HashMap<>();
        for (String one : openingVersionTransitionSeverity) {
            String[] parts = one.split(" ", -1);
            String id = Watch.alertId(ANNA, RULE, parts[0], null);
            forms.put(id, new AlertForm(id, Integer.parseInt(parts[1]), RULE, parts[2], parts[3], 0));
        }
        ExpectedAlerts expected = AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);
        assertThat(expected.compare(new AlertForms(forms)).broken()).isEmpty();
        assertThat(expected.demanded()).isEqualTo(forms.size());
        assertThat(expected.ambiguous()).isZero();
    }

    @Test
    void aReadingMustProveTheDayOfItsTime() {
        send(0, undated("a", "7"));
        send(0, reading("b", 0, "7").replace(NOON.toString(), "2024-05"));
        send(0, reading("c", 0, "7").replace(NOON.toString(), "2024"));
        String period = "\"effectivePeriod\":{\"start\":\"2024-05-01\",\"end\":\"2024-06\"}";
        send(0, with(period, undated("d", "7")));
        assertDue();

        send(0, with("\"effectivePeriod\":{\"start\":\"2024-05\",\"end\":\"2024-05-01\"}", undated("e", "7")));
        assertDue("e 1 raised high");
    }

    @Test
    void theTimeItWasIssuedCountsIfItCanBeTrue() {
        String issued = "\"issued\":\"" + NOON + '"';
        send(0, with(issued, reading("a", 0, "7").replace(NOON.toString(), "2024-04")));
        assertDue();
        send(0, with(issued, reading("b", 0, "7").replace(NOON.toString(), "2024-05")));
        assertDue("b 1 raised high");
    }

    private static String report(String time, String result) {
        return "{\"resourceType\":\"DiagnosticReport\"," + time + ",\"result\":[{\"reference\":\"" + result + "\"}]}";
    }

    @Test
    void aResultHasTheTimeOfItsReport() {
        String old = "\"effectiveDateTime\":\"" + at(-1500) + '"';
        String month = "\"effectiveDateTime\":\"2024-05\",\"issued\":\"" + at(-1) + '"';
        send(0, Samples.bundle("collection", undated("a", "7"), report(old, "urn:uuid:0")));
        send(0, Samples.bundle("collection", report(month, "Observation/other"), undated("b", "7")));
        assertDue();
        send(0, Samples.bundle("collection", report(month, "urn:uuid:1"), undated("c", "7")));
        assertDue("c 1 raised high");
        send(
                1,
                Samples.bundle(
                        "collection", report(old, "Observation/d"), report(month, "Observation/d"), undated("d", "4")));
        assertDue("c 2 resolved high");
    }

    @Test
    void theOrderOfABundlesEntriesDoesNotMatter() {
        String child = Samples.patient("anna").replace("\"id\"", "\"birthDate\":\"2020-05-02\",\"id\"");
        send(0, Samples.bundle("collection", reading("b", -1, "4"), reading("a", -2, "7")));
        assertDue("a 2 resolved high");
        send(90, Samples.bundle("collection", reading("c", 90, "7"), child));
        assertDue("a 2 resolved high");
    }

    @Test
    void versionsOfOneBundleAreInTheOrderOfTheirStatus() {
        send(0, Samples.bundle("collection", corrected("a", -5, "4"), reading("a", -1, "7")));
        assertDue("a 2 retracted high");
    }

    @Test
    void aLateReadingEscalatesLowersAndEndsNothing() {
        send(30, reading("a", 30, "6.1"));
        send(31, reading("b", 20, "4.0"));
        send(32, reading("c", 10, "6.6"));
        assertDue("a 1 raised moderate");
    }

    @Test
    void aLateReadingOpensOnlyWhatNoNewerOneHasAnswered() {
        send(0, reading("clear", 0, "4"));
        send(1, reading("late", -30, "7"));
        assertDue();
        send(70, reading("neither", 70, "5.7"));
        send(71, reading("open", 69, "6.2"));
        assertDue("open 1 raised moderate");
    }

    @Test
    void anAlertIsRevisedByACorrection() {
        send(0, reading("a", 0, "6.8"));
        send(1, corrected("a", 0, "6.1"));
        assertDue("a 2 revised moderate");
        send(2, corrected("a", 0, "6.1"));
        assertDue("a 2 revised moderate");
        send(3, reading("b", 3, "6.1"));
        send(4, corrected("b", 3, "6.1"));
        assertDue("a 2 revised moderate");
    }

    @Test
    void anAlertIsRetractedWhenNothingIsLeftOfIt() {
        send(0, reading("a", 0, "6.8"));
        send(1, corrected("a", 0, "4.8"));
        assertDue("a 2 retracted high");
        send(2, reading("b", 2, "6.8"));
        assertDue("a 2 retracted high", "b 1 raised high");
        send(3, withdrawn("b"));
        assertDue("a 2 retracted high", "b 2 retracted high");
    }

    @Test
    void anAlertGoesOnWithItsOtherReadingsOrEndsWithThem() {
        send(0, reading("a", 0, "6.8"));
        send(1, reading("b", 1, "6.1"));
        assertDue("a 2 lowered moderate");
        send(2, withdrawn("a"));
        assertDue("a 3 revised moderate");
        send(3, reading("c", 3, "6.1"));
        send(4, corrected("c", 3, "4"));
        assertDue("a 4 resolved moderate");
    }

    @Test
    void aCorrectedOrWithdrawnEndBringsTheAlertBack() {
        send(0, reading("a", 0, "6.8"));
        send(1, reading("b", 1, "4"));
        send(2, withdrawn("b"));
        assertDue("a 3 recurred high");
        send(3, reading("c", 3, "4"));
        send(120, corrected("c", 3, "6.7"));
        assertDue("a 5 reopened high");
    }

    @Test
    void anAlertThatEndedIsRevisedOrRetracted() {
        send(0, reading("a", 0, "6.8"));
        send(1, reading("b", 1, "4"));
        send(2, corrected("a", 0, "6.9"));
        assertDue("a 3 revised high");
        send(3, corrected("a", 0, "5"));
        assertDue("a 4 retracted high");
        send(4, corrected("a", 0, "6.9"));
        assertDue("a 4 retracted high");
        send(5, withdrawn("b"));
        assertDue("a 5 reopened high");
    }

    @Test
    void anotherReadingOfTheSameTimeAnswersACorrectionAsItAnsweredTheFirstVersion() {
        send(0, reading("a", 0, "6.8"));
        send(1, reading("b", 0, "4"));
        send(2, corrected("a", 0, "6.9"));
        assertDue("a 3 revised high");
    }

    @Test
    void anEarlierVersionThatComesLaterChangesNothing() {
        send(0, version(10, reading("a", 0, "4")));
        send(1, version(9, reading("a", 0, "7")));
        assertDue();
        send(2, version(11, reading("a", 0, "7")));
        assertDue("a 1 raised high");
        send(3, version(10, withdrawn("a")));
        assertDue("a 1 raised high");
    }

    @Test
    void aWithdrawnObservationComesBackOnlyAsALaterVersion() {
        send(0, withdrawn("a"));
        send(1, reading("a", 0, "7"));
        assertDue();
        send(2, version(2, withdrawn("a")));
        send(3, version(2, reading("a", 0, "7")));
        assertDue();
        send(4, version(3, reading("a", 0, "7")));
        assertDue("a 1 raised high");
    }

    @Test
    void aCorrectionIsJudgedAsOfTheFirstVersionButNothingOldIsRaised() {
        send(0, reading("a", 0, "6.8"));
        send(1, reading("b", 1, "6.8"));
        send(1500, corrected("b", 1, "4"));
        assertDue("a 2 resolved high");
        send(1501, corrected("b", 1, "6.8"));
        assertDue("a 2 resolved high");
    }

    @Test
    void aBirthDateThatIsCorrectedBringsAndEndsAlerts() {
        sendPatient(0, "2020-01-01");
        send(1, reading("a", 1, "7"));
        assertDue();
        sendPatient(2, "1980-01-01T00:00:00");
        assertDue("a 1 raised high");
        sendPatient(3, "2020-13-01");
        assertDue("a 2 ended high");
        sendPatient(4, "12 January");
        assertDue("a 2 ended high");
    }

    @Test
    void onlyTheLatestReadingsOfAMonitoredPatientAreKept() {
        send(0, reading("first", 0, "6.2"));
        List<String> later = new ArrayList<>();
        for (int minute = 1; minute <= Kept.MOST; minute++) {
            later.add("k" + minute);
            send(minute, reading("k" + minute, minute, "6.2"));
        }
        send(30, corrected("first", 0, "4"));
        assertDue("first 1 raised moderate");
        send(31, withdrawn(later.get(Kept.MOST - 1)));
        assertDue("first 2 revised moderate");
    }

    @Test
    void neverShowsAPatient() {
        send(0, reading("canary", 0, "6.1"));
        ExpectedAlerts expected = AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);

        assertThat(expected.compare(new AlertForms(Map.of())).toString()).doesNotContain("canary", ANNA);
    }
}
