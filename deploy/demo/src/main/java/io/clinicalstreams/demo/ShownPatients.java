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
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two more patients in a generated run. One's monitor sends each second and falls silent after ten: a rule of kind silence,
 * the demo's own, raises an alert ten seconds later, because the log's time goes on. The other's critical potassium is
 * corrected to a normal one, so its alert is retracted.
 */
final class ShownPatients implements Source {

    static final String OWNER = "demo/";
    static final String SILENCE = OWNER + "monitor-silent";

    private static final String MONITORED = "Patient/silent-monitor";
    private static final String CORRECTED = "Patient/corrected-result";
    private static final Duration CRITICAL_AT = Duration.ofSeconds(2);
    private static final Duration CORRECTED_AT = Duration.ofSeconds(8);
    private static final int HEART_RATES = 10;

    private static final String RULE = """
            {"id":"%s","version":"1","title":"Monitor silent","analyte":"heart rate of the demo's patient",\
            "source":"the demo","maxAge":"PT1H","coolDown":"PT1H","kind":"silence",\
            "codes":[{"system":"https://clinical-streams.io/fhir/CodeSystem/demo","code":"heart-rate"}],\
            "interval":"PT10S","watched":"while-measured","severity":"high"}""";

    /**
     * An Observation of a shown patient.
     *
     * @param at since the demo began to send
     * @param measured the same
     * @param coding JSON object
     */
    private record Shown(
            Duration at,
            Duration measured,
            String patient,
            String id,
            String status,
            String coding,
            String value,
            String unit) {

        Outgoing outgoing(Instant measured) {
            String json = """
                    {"resourceType":"Observation","id":"%s","meta":{"security":[{"code":"HTEST",\
                    "system":"http://terminology.hl7.org/CodeSystem/v3-ActReason"}]},"status":"%s","code":{"coding":[%s]},\
                    "subject":{"reference":"%s"},"effectiveDateTime":"%s","valueQuantity":{"value":%s,"unit":"%s",\
                    "system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(id, status, coding, patient, measured, value, unit, unit);
            return Outgoing.of(bytes(patient), bytes(json));
        }
    }

    private final Source others;
    private final InstantSource clock;
    private final Instant began;
    private final Queue<Shown> next = new ArrayDeque<>();

    ShownPatients(Source others, InstantSource clock) {
        this.others = others;
        this.clock = clock;
        this.began = clock.instant();
        Stream.concat(
                        heartRates(),
                        Stream.of(potassium(CRITICAL_AT, "final", "7.1"), potassium(CORRECTED_AT, "corrected", "4.1")))
                .sorted(Comparator.comparing(Shown::at))
                .forEach(next::add);
    }

    static AlertRule rule() {
        return AlertRuleJson.read(SILENCE, bytes(RULE.formatted(SILENCE)));
    }

    private static Stream<Shown> heartRates() {
        String coding = "{\"system\":\"https://clinical-streams.io/fhir/CodeSystem/demo\",\"code\":\"heart-rate\"}";
        return IntStream.range(0, HEART_RATES)
                .mapToObj(second -> new Shown(
                        Duration.ofSeconds(second),
                        Duration.ofSeconds(second),
                        MONITORED,
                        "heart-rate-" + second,
                        "final",
                        coding,
                        "72",
                        "/min"));
    }

    private static Shown potassium(Duration at, String status, String value) {
        String coding = "{\"system\":\"http://loinc.org\",\"code\":\"2823-3\"}";
        return new Shown(at, CRITICAL_AT, CORRECTED, "corrected-potassium", status, coding, value, "mmol/L");
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        Shown first = next.peek();
        if (first == null || clock.instant().isBefore(began.plus(first.at()))) {
            return others.next();
        }
        return next.remove().outgoing(began.plus(first.measured()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        others.close();
    }
}
