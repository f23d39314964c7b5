package io.clinicalstreams.verifier.alert;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The laboratory's HH is high; potassium of adults has a limit from 6.5. */
class FlagOracleTest {

    private static final String ANNA = "Patient/anna";
    private static final String RULE = "curated/laboratory-flag";
    private static final String TROPONIN = "10839-9";
    private static final String POTASSIUM = "2823-3";
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final MemoryTopics topics = new MemoryTopics();

    @BeforeEach
    void rules() {
        rule(RULE, """
                {"id":"curated/laboratory-flag","maxAge":"PT24H","coolDown":"PT1H","age":{"fromYears":0},
                 "kind":"laboratory-flag","levels":{"high":[{"system":"urn:flags","code":"HH"}]}}
                """);
        rule("curated/potassium-high", """
                {"id":"curated/potassium-high","maxAge":"PT24H","coolDown":"PT1H","age":{"fromYears":18},
                 "variants":[{"codes":[{"system":"http://loinc.org","code":"2823-3"}],"unit":"mmol/L",
                   "levels":{"high":">=6.5"},"clear":"<6.0"}]}
                """);
    }

    private void rule(String id, String json) {
        topics.output(MemoryTopics.verified().alertRules(), id, bytes(json), Coordinates.ofRecord("t", 0, 0), Map.of());
    }

    private static String result(String id, int minute, String code, String more) {
        String observation = Samples.observation(ANNA)
                .replace("\"o1\"", "\"" + id + "\"")
                .replace("2024-01-01T10:00:00Z", at(minute).toString())
                .replace("2823-3", code);
        return more.isEmpty() ? observation : observation.replace("\"status\"", more + ",\"status\"");
    }

    private static String flagged(String id, int minute, String code, String flag) {
        return result(
                id,
                minute,
                code,
                "\"interpretation\":[{\"coding\":[{\"system\":\"urn:flags\",\"code\":\"" + flag + "\"}]}]");
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private void read(int minute, String observation) {
        topics.sendAt(at(minute).toEpochMilli(), ANNA, observation);
    }

    private static AlertForm form(String opening, String code, int version, String transition) {
        String id = Watch.alertId(ANNA, RULE, opening, "http://loinc.org\n" + code);
        return new AlertForm(id, version, RULE, transition, "high", 0);
    }

    private void assertDue(AlertForm... forms) {
        ExpectedAlerts expected = AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);
        Map<String, AlertForm> byId = Stream.of(forms).collect(Collectors.toMap(AlertForm::id, form -> form));
        assertThat(expected.compare(new AlertForms(byId)).broken()).isEmpty();
        assertThat(expected.demanded()).isEqualTo(forms.length);
    }

    @Test
    void aFlaggedResultPassesThroughItsTransitions() {
        read(0, result("before", 0, TROPONIN, ""));
        assertDue();
        read(1, flagged("a", 1, TROPONIN, "HH"));
        assertDue(form("a", TROPONIN, 1, "raised"));
        read(2, flagged("b", 2, TROPONIN, "HH"));
        assertDue(form("a", TROPONIN, 1, "raised"));
        read(70, flagged("c", 70, TROPONIN, "HH"));
        assertDue(form("a", TROPONIN, 2, "repeated"));
        read(71, result("d", 71, TROPONIN, ""));
        assertDue(form("a", TROPONIN, 3, "resolved"));
        read(72, flagged("e", 72, TROPONIN, "HH"));
        assertDue(form("a", TROPONIN, 4, "recurred"));
        read(73, flagged("f", 73, TROPONIN, "N"));
        assertDue(form("a", TROPONIN, 5, "resolved"));
    }

    @Test
    void eachAnalyteHasItsOwnAlert() {
        read(0, flagged("a", 0, TROPONIN, "HH"));
        read(1, flagged("b", 1, "600-7", "HH"));
        read(2, result("c", 2, TROPONIN, ""));
        assertDue(form("a", TROPONIN, 2, "resolved"), form("b", "600-7", 1, "raised"));
    }

    @Test
    void anObservationWithoutAResultEndsNoAlert() {
        read(0, flagged("a", 0, TROPONIN, "HH"));
        read(1, result("b", 1, TROPONIN, "").replaceAll(",\"valueQuantity\":\\{[^}]*}", ""));
        assertDue(form("a", TROPONIN, 1, "raised"));
    }

    @Test
    void aPatientWithMoreAnalytesThanAStateHoldsIsOnlyTolerated() {
        String longId = "x".repeat(60);
        for (int code = 0; code < 450; code++) {
            read(0, flagged(longId + code, 0, "6" + code + "-1", "N"));
        }
        read(1, flagged("a", 1, TROPONIN, "HH"));
        assertDue(form("a", TROPONIN, 1, "raised"));

        for (int code = 450; code < 600; code++) {
            read(2, flagged(longId + code, 2, "6" + code + "-1", "N"));
        }
        ExpectedAlerts expected = AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);
        assertThat(expected.demanded()).isZero();
    }

    @Test
    void aCriticalLimitThatCanJudgeTheResultTakesPrecedence() {
        read(0, flagged("a", 0, POTASSIUM, "HH"));
        assertDue();
    }

    @Test
    void aChildsResultIsJudgedByTheLaboratory() {
        topics.sendAt(
                NOON.toEpochMilli(),
                ANNA,
                "{\"resourceType\":\"Patient\",\"id\":\"anna\",\"birthDate\":\"2020-01-01\"}");
        read(1, flagged("a", 1, POTASSIUM, "HH"));
        assertDue(form("a", POTASSIUM, 1, "raised"));
    }

    @Test
    void aResultInAnUnknownUnitMayBeJudgedByTheLaboratory() {
        read(0, flagged("a", 0, POTASSIUM, "HH").replace("mmol/L", "drops"));
        ExpectedAlerts expected = AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);
        AlertForm raised = form("a", POTASSIUM, 1, "raised");
        assertThat(expected.demanded()).isZero();
        assertThat(expected.compare(new AlertForms(Map.of(raised.id(), raised))).broken())
                .isEmpty();
    }

    @Test
    void aRuleOfUnknownKindIsNotSkipped() {
        rule("curated/trend", "{\"id\":\"curated/trend\",\"kind\":\"trend\"}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> assertDue())
                .withMessage("the verifier does not know rules of kind trend");
    }

    @Test
    void aReadingOnTheOtherPathMayComeAfterTheFlagAndEndIt() {
        String unflagged = result("late", 5, TROPONIN, "");
        Coordinates origin = topics.sendAt(at(5).toEpochMilli(), "Patient/ben", unflagged);
        read(1, flagged("a", 1, TROPONIN, "HH"));
        topics.rekey(ANNA, unflagged, origin);

        ExpectedAlerts expected = AlertOracle.expect(topics, MemoryTopics.verified(), Mark.BEGINNING);

        for (AlertForm possible : List.of(form("a", TROPONIN, 1, "raised"), form("a", TROPONIN, 2, "resolved"))) {
            assertThat(expected.compare(new AlertForms(Map.of(possible.id(), possible)))
                            .broken())
                    .isEmpty();
        }
    }
}
