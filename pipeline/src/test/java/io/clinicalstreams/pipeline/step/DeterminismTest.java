package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.DetectedIssueWriter;
import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.ObservationCase;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.ledger.InputLedger;
import io.clinicalstreams.topics.wire.Coordinates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reading the same log again gives the same alerts, byte for byte, wherever batches, commits and restarts fall. The one
 * exception within a set of rules: the order between a patient's records in the first topic and re-keyed ones.
 */
class DeterminismTest {

    private static final int LOGS = 30;
    private static final int INPUTS = 300;
    private static final List<String> PATIENTS = List.of("anna", "ben", "cleo", "dan", "eve");
    private static final List<String> VALUES = List.of("4.2", "5.99", "6.0", "6.4", "6.5", "6.9", ">6.2", "<7");

    static Stream<Integer> logs() {
        return IntStream.range(0, LOGS).boxed();
    }

    /** Weeks long, so that alerts end and are forgotten, and states are deleted. */
    @ParameterizedTest
    @MethodSource("logs")
    void batchesCommitsAndRestartsChangeNothing(int seed) {
        List<Record<byte[], ClinicalFact>> log = log(new Random(seed), PATIENTS, Duration.ofDays(30));

        Output often = run(log, record -> true, record -> false);
        Random random = new Random(-seed);
        Output seldom = run(log, record -> random.nextInt(40) == 0, record -> random.nextInt(60) == 0);

        assertThat(seldom).isEqualTo(often);
    }

    @Test
    void theLogsHoldWhatTheyAreAbout() {
        Set<String> transitions = logs().flatMap(seed ->
                        run(log(new Random(seed), PATIENTS, Duration.ofDays(30)), record -> true, record -> false)
                                .transitions()
                                .values()
                                .stream())
                .flatMap(List::stream)
                .map(line -> line.substring(0, line.indexOf(' ')))
                .collect(Collectors.toSet());

        assertThat(transitions)
                .contains("raised", "escalated", "lowered", "repeated", "confirmed", "resolved", "reopened", "recurred")
                .contains("ended");
    }

    /** A day long, so that nothing depends on how far the other topic's records moved the log's time. */
    @Test
    void onlyPatientsWithRecordsInBothTopicsDependOnTheOrderBetweenThem() {
        Set<String> both = Set.of("anna", "ben", "cleo");
        Set<String> differ = new TreeSet<>();
        for (int seed = 0; seed < LOGS; seed++) {
            Random random = new Random(seed);
            List<Record<byte[], ClinicalFact>> straight =
                    log(random, List.of("anna", "ben", "cleo", "dan"), Duration.ofMinutes(8));
            List<Record<byte[], ClinicalFact>> rekeyed =
                    log(random, List.of("anna", "ben", "cleo", "eve"), Duration.ofMinutes(8));
            Output one = run(interleaved(straight, rekeyed, new Random(1)), record -> true, record -> false);
            Output other = run(interleaved(straight, rekeyed, new Random(2)), record -> true, record -> false);
            PATIENTS.stream()
                    .filter(patient -> !Objects.equals(
                            one.transitions().get(patient), other.transitions().get(patient)))
                    .forEach(differ::add);
        }

        assertThat(differ).as("the exception is real").isNotEmpty().isSubsetOf(both);
    }

    /**
     * @param transitions of each patient, in order
     * @param versions of each alert, in order, with its tombstones
     * @param states in hexadecimal digits
     */
    private record Output(
            Map<String, List<String>> transitions, Map<String, List<String>> versions, Map<String, String> states) {}

    private interface Moments {
        boolean at(int record);
    }

    /**
     * @param looks when the task's schedule runs, which on a broker depends on batches
     * @param restarts when the task is closed and starts again from its store
     */
    private static Output run(List<Record<byte[], ClinicalFact>> log, Moments looks, Moments restarts) {
        FakeTask task = new FakeTask();
        EvaluateRules step = started(task);
        Instant streamTime = Instant.EPOCH;
        for (int i = 0; i < log.size(); i++) {
            Instant at = Instant.ofEpochMilli(log.get(i).timestamp());
            streamTime = at.isAfter(streamTime) ? at : streamTime;
            task.at(streamTime);
            step.process(log.get(i));
            if (looks.at(i)) {
                task.punctuate();
            }
            if (restarts.at(i)) {
                step.close();
                task.context.scheduledPunctuators().clear();
                step = started(task);
            }
        }
        for (int i = 0; i < PATIENTS.size(); i++) {
            task.punctuate();
        }
        return output(task);
    }

    private static EvaluateRules started(FakeTask task) {
        RuleTable rules = new RuleTable();
        rules.put(
                "hospital/adults",
                Cases.rule(
                        "hospital/adults",
                        new AgeBand(18, 60),
                        Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0")));
        rules.put("hospital/flag", Cases.laboratoryFlag());
        EvaluateRules step = new EvaluateRules(new EvaluateRulesSupplier(
                new Evaluator(Cases.UNITS),
                rules,
                AlertRetention.of(Duration.ofDays(2), rules),
                new EvaluateRulesSupplier.Limits(
                        new SizeLimit(1_000_000), new SizeLimit(1_000_000), new SizeLimit(1_000_000)),
                new DetectedIssueWriter("test"),
                new AlertingCounters(new SimpleMeterRegistry(), new InputLedger("any", "ledger"))));
        step.init(task.context);
        return step;
    }

    private static Output output(FakeTask task) {
        Map<String, List<String>> transitions = new TreeMap<>();
        Map<String, List<String>> versions = new TreeMap<>();
        for (Record<? extends byte[], ? extends AlertRecord> record : task.forwarded()) {
            byte[] issue = record.value().detectedIssue();
            String headers = Arrays.stream(record.headers().toArray())
                    .map(header -> header.key() + '=' + text(header.value()))
                    .collect(Collectors.joining(","));
            String line = (issue == null ? "tombstone" : transition(record) + ' ' + text(issue))
                    + ' '
                    + record.timestamp()
                    + ' '
                    + headers;
            versions.computeIfAbsent(record.value().alertId(), any -> new ArrayList<>())
                    .add(line);
            if (issue != null) {
                transitions
                        .computeIfAbsent(text(record.key()), any -> new ArrayList<>())
                        .add(line);
            }
        }
        Map<String, String> states = new TreeMap<>();
        task.states.forEach(
                (patient, state) -> states.put(text(patient), HexFormat.of().formatHex(task.stored(text(patient)))));
        return new Output(transitions, versions, states);
    }

    private static String transition(Record<? extends byte[], ? extends AlertRecord> record) {
        return text(record.headers().lastHeader("transition").value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Some inputs are another form of the one before.
     *
     * @param longest time between two inputs; most come within minutes
     */
    private static List<Record<byte[], ClinicalFact>> log(Random random, List<String> patients, Duration longest) {
        List<Record<byte[], ClinicalFact>> log = new ArrayList<>();
        Instant at = Cases.NOON;
        String patient = "";
        for (int i = 0; i < INPUTS; i++) {
            boolean gap = random.nextInt(40) == 0;
            at = at.plusSeconds(random.nextInt(gap ? (int) longest.toSeconds() : 300));
            boolean again = i > 0 && random.nextInt(4) == 0;
            patient = again ? patient : patients.get(random.nextInt(patients.size()));
            log.add(new Record<>(
                    patient.getBytes(StandardCharsets.UTF_8), fact(random, again ? i - 1 : i, at), at.toEpochMilli()));
        }
        return log;
    }

    private static ClinicalFact fact(Random random, int number, Instant at) {
        Coordinates origin = Coordinates.ofRecord("received", 0, number);
        if (random.nextInt(50) == 0) {
            LocalDate birth = LocalDate.of(1966, 3, 1).plusDays(random.nextInt(20_000));
            return new ClinicalFact.Introduced(
                    new Patient(birth, "other"),
                    at,
                    origin,
                    new RecordHeaders(),
                    new ClinicalFact.Forwarding(null, 0, false));
        }
        ObservationCase reading = Cases.potassium(VALUES.get(random.nextInt(VALUES.size())))
                .id("k" + number)
                .effective(at.plusSeconds(300 - random.nextInt(random.nextBoolean() ? 301 : 1_000)));
        if (random.nextInt(4) == 0) {
            reading.preliminary();
        }
        if (random.nextInt(8) == 0) {
            reading.codes("10839-9").interpreted(random.nextBoolean() ? "HH" : "N");
        }
        return new ClinicalFact.Observed(
                reading.build(), at, origin, new RecordHeaders(), new ClinicalFact.Forwarding(null, 0, false));
    }

    /** Each in its order. */
    private static List<Record<byte[], ClinicalFact>> interleaved(
            List<Record<byte[], ClinicalFact>> one, List<Record<byte[], ClinicalFact>> other, Random random) {
        List<Record<byte[], ClinicalFact>> all = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < one.size() || j < other.size()) {
            boolean first = j == other.size() || (i < one.size() && random.nextBoolean());
            all.add(first ? one.get(i++) : other.get(j++));
        }
        return all;
    }
}
