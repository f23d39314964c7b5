package io.clinicalstreams.demo;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three more patients in a generated run:
 *
 * <ul>
 *   <li>one's monitor sends each second and falls silent after ten. A rule of kind silence, the demo's own, raises an alert
 *       ten seconds later, because the log's time goes on;
 *   <li>one's critical potassium is corrected to a normal one, so its alert is retracted;
 *   <li>one has two records. A critical result comes under the first, then its Patient says that the other replaces it, then a
 *       normal result still comes under the first. So the alert moves, and is resolved under the other.
 * </ul>
 */
final class ShownPatients implements Source {

    static final String OWNER = "demo/";
    static final String SILENCE = OWNER + "monitor-silent";

    private static final String MONITORED = "Patient/silent-monitor";
    private static final int HEART_RATES = 10;
    private static final String HEART_RATE = """
            {"system":"https://clinical-streams.io/fhir/CodeSystem/demo","code":"heart-rate"}""";

    private static final String CORRECTED = "Patient/corrected-result";
    private static final String DUPLICATE = "Patient/duplicate-record";
    private static final String POTASSIUM = """
            {"system":"http://loinc.org","code":"2823-3"}""";

    private static final String RULE = """
            {"id":"%s","version":"1","title":"Monitor silent","analyte":"heart rate of the demo's patient",\
            "source":"the demo","maxAge":"PT1H","coolDown":"PT1H","kind":"silence",\
            "codes":[%s],"interval":"PT10S","watched":"while-measured","severity":"high"}""";

    /** @param at when it is sent */
    private record Shown(Instant at, String patient, String resource) {

        Outgoing outgoing() {
            return Outgoing.of(bytes(patient), bytes(resource));
        }
    }

    private final Source others;
    private final InstantSource clock;
    private final Queue<Shown> next = new ArrayDeque<>();

    ShownPatients(Source others, InstantSource clock) {
        this.others = others;
        this.clock = clock;
        Instant start = clock.instant();
        Stream.of(silent(start), corrected(start), duplicate(start))
                .flatMap(patient -> patient)
                .sorted(Comparator.comparing(Shown::at))
                .forEach(next::add);
    }

    static AlertRule rule() {
        return AlertRuleJson.read(SILENCE, bytes(RULE.formatted(SILENCE, HEART_RATE)));
    }

    private static Stream<Shown> silent(Instant start) {
        return IntStream.range(0, HEART_RATES).mapToObj(second -> {
            Instant at = start.plusSeconds(second);
            return new Shown(
                    at,
                    MONITORED,
                    observation(MONITORED, "heart-rate-" + second, "final", HEART_RATE, at, "72", "/min"));
        });
    }

    private static Stream<Shown> corrected(Instant start) {
        Instant measured = start.plusSeconds(2);
        return Stream.of(
                new Shown(measured, CORRECTED, potassium(CORRECTED, "corrected", "final", measured, "7.1")),
                new Shown(
                        start.plusSeconds(8),
                        CORRECTED,
                        potassium(CORRECTED, "corrected", "corrected", measured, "4.1")));
    }

    private static Stream<Shown> duplicate(Instant start) {
        String patient = """
                {"resourceType":"Patient","id":"duplicate-record","active":false,\
                "link":[{"other":{"reference":"Patient/kept-record"},"type":"replaced-by"}]}""";
        Instant critical = start.plusSeconds(1);
        Instant normal = start.plusSeconds(7);
        return Stream.of(
                new Shown(critical, DUPLICATE, potassium(DUPLICATE, "duplicate-1", "final", critical, "6.9")),
                new Shown(start.plusSeconds(4), DUPLICATE, patient),
                new Shown(normal, DUPLICATE, potassium(DUPLICATE, "duplicate-2", "final", normal, "4.1")));
    }

    private static String potassium(String patient, String id, String status, Instant at, String value) {
        return observation(patient, id + "-potassium", status, POTASSIUM, at, value, "mmol/L");
    }

    private static String observation(
            String patient, String id, String status, String coding, Instant at, String value, String unit) {
        return """
                {"resourceType":"Observation","id":"%s","meta":{"security":[{"code":"HTEST",\
                "system":"http://terminology.hl7.org/CodeSystem/v3-ActReason"}]},"status":"%s","code":{"coding":[%s]},\
                "subject":{"reference":"%s"},"effectiveDateTime":"%s","valueQuantity":{"value":%s,"unit":"%s",\
                "system":"http://unitsofmeasure.org","code":"%s"}}""".formatted(id, status, coding, patient, at, value, unit, unit);
    }

    @Override
    public @Nullable Outgoing next() throws IOException {
        Shown first = next.peek();
        if (first == null || clock.instant().isBefore(first.at())) {
            return others.next();
        }
        return next.remove().outgoing();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        others.close();
    }
}
