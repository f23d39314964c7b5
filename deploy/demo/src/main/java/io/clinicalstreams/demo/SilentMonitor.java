package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * One more patient in a generated run, whose monitor sends each second and falls silent after ten: a rule of kind silence
 * raises an alert ten seconds later, because the log's time goes on. The rule is the demo's own.
 */
final class SilentMonitor implements Source {

    static final String OWNER = "demo/";
    static final String RULE = OWNER + "monitor-silent";

    private static final String PATIENT = "Patient/silent-monitor";
    private static final Duration APART = Duration.ofSeconds(1);
    private static final int READINGS = 10;

    private static final String JSON = """
            {"id":"%s","version":"1","title":"Monitor silent","analyte":"heart rate of the demo's patient",\
            "source":"the demo","maxAge":"PT1H","coolDown":"PT1H","kind":"silence",\
            "codes":[{"system":"https://clinical-streams.io/fhir/CodeSystem/demo","code":"heart-rate"}],\
            "interval":"PT10S","watched":"while-measured","severity":"high"}""";

    private final Source others;
    private final InstantSource clock;
    private int sent;
    private Instant next;

    SilentMonitor(Source others, InstantSource clock) {
        this.others = others;
        this.clock = clock;
        this.next = clock.instant();
    }

    static AlertRule rule() {
        return AlertRuleJson.read(RULE, JSON.formatted(RULE).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        Instant now = clock.instant();
        if (sent == READINGS || now.isBefore(next)) {
            return others.next();
        }
        sent++;
        next = now.plus(APART);
        String reading = """
                {"resourceType":"Observation","id":"silent-monitor-%d","meta":{"security":[{"code":"HTEST",\
                "system":"http://terminology.hl7.org/CodeSystem/v3-ActReason"}]},"status":"final","code":{"coding":[\
                {"system":"https://clinical-streams.io/fhir/CodeSystem/demo","code":"heart-rate"}]},\
                "subject":{"reference":"%s"},"effectiveDateTime":"%s","valueQuantity":{"value":72,"unit":"/min",\
                "system":"http://unitsofmeasure.org","code":"/min"}}""".formatted(sent, PATIENT, now);
        return Outgoing.of(PATIENT.getBytes(StandardCharsets.UTF_8), reading.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        others.close();
    }
}
