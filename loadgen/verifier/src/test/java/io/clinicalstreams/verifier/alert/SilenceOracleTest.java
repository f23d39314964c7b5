package io.clinicalstreams.verifier.alert;

import static io.clinicalstreams.verifier.source.MemoryTopics.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.classify.ExpectedResources;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Half an hour without potassium is a silence; the log's end decides what is due. */
class SilenceOracleTest {

    private static final String ANNA = "Patient/anna";
    private static final Instant NOON = Instant.parse("2024-05-01T12:00:00Z");

    private final MemoryTopics topics = new MemoryTopics();

    private SilenceOracleTest watching(String watched) {
        topics.output(
                MemoryTopics.verified().alertRules(),
                "ward/silence",
                bytes("""
                        {"id":"ward/silence","version":"1","title":"Silent","source":"The ward","maxAge":"PT2H",
                         "coolDown":"PT1H","kind":"silence","codes":[{"system":"http://loinc.org","code":"2823-3"}],
                         "interval":"PT30M","watched":"%s","severity":"high"}""".formatted(watched)),
                Coordinates.ofRecord("t", 0, 0),
                Map.of());
        return this;
    }

    private static Instant at(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private void reads(int minute, String id) {
        topics.sendAt(
                at(minute).toEpochMilli(),
                ANNA,
                Samples.observation(ANNA)
                        .replace("\"o1\"", "\"" + id + "\"")
                        .replace("2024-01-01T10:00:00Z", at(minute).toString()));
    }

    private void encounter(int minute, String status) {
        topics.sendAt(at(minute).toEpochMilli(), ANNA, """
                {"resourceType":"Encounter","id":"e1","status":"%s","class":{"code":"IMP"},
                 "subject":{"reference":"%s"}}""".formatted(status, ANNA));
    }

    /** The log goes on. */
    private void ticks(int minute) {
        topics.sendAt(at(minute).toEpochMilli(), ANNA, "{\"resourceType\":\"Basic\",\"code\":{}}");
    }

    private static AlertForm form(String opening, int version, String transition) {
        String id = Watch.alertId(ANNA, "ward/silence", opening, null);
        return new AlertForm(id, version, "ward/silence", transition, "high", 0);
    }

    private List<String> problems(AlertForm... forms) {
        SilenceOracle oracle = SilenceOracle.of(topics, MemoryTopics.verified(), Mark.BEGINNING, new Duplicates());
        Mark unused = new ExpectedResources(MemoryTopics.verified()).read(topics, Mark.BEGINNING, List.of(oracle));
        ExpectedAlerts expected = new ExpectedAlerts(false);
        oracle.addTo(expected);
        Map<String, AlertForm> byId = Stream.of(forms).collect(Collectors.toMap(AlertForm::id, each -> each));
        return expected.compare(new AlertForms(byId)).broken();
    }

    @Test
    void aSilenceIsDueWhenTheLogIsBeyondItsInterval() {
        watching("while-measured").reads(0, "a");
        ticks(29);
        assertThat(problems()).isEmpty();
        assertThat(problems(form("a", 1, "raised")))
                .as("the lane's time may be ahead")
                .isEmpty();

        ticks(31);
        assertThat(problems()).hasSize(1);
        assertThat(problems(form("a", 1, "raised"))).isEmpty();
        assertThat(problems(form("a", 1, "raised"), form("b", 1, "raised"))).hasSize(1);
    }

    @Test
    void theNextReadingResolvesIt() {
        watching("while-measured").reads(0, "a");
        reads(31, "b");

        assertThat(problems(form("a", 2, "resolved"))).isEmpty();
        assertThat(problems(form("a", 1, "raised"))).hasSize(1);
    }

    @Test
    void itEndsAfterALongTime() {
        watching("while-measured").reads(0, "a");
        ticks(30 + 14 * 60 + 1);

        assertThat(problems(form("a", 2, "ended"))).isEmpty();
        assertThat(problems(form("a", 1, "raised"))).hasSize(1);
    }

    @Test
    void admissionAndDischargeBeginAndEndTheWatch() {
        watching("while-admitted").reads(0, "a");
        ticks(60);
        assertThat(problems()).as("not admitted").isEmpty();

        encounter(61, "in-progress");
        ticks(100);
        assertThat(problems(form("Encounter/e1 " + at(61), 1, "raised"))).isEmpty();

        encounter(101, "finished");
        ticks(200);
        assertThat(problems(form("Encounter/e1 " + at(61), 2, "ended"))).isEmpty();
        assertThat(problems(form("Encounter/e1 " + at(61), 1, "raised"))).hasSize(1);
    }
}
