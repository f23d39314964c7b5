package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.RuleContent;
import io.clinicalstreams.topics.wire.Heartbeat;
import io.clinicalstreams.topics.wire.Tick;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.source.MemoryTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The lanes' silences are those that the verifier derives from the input, and a fault in one of them is noticed. */
class SilencesInMemoryTest {

    private static final int RECORDS = 2_000;
    private static final int PATIENTS = 8;
    private static final List<String> STATUSES =
            List.of("in-progress", "in-progress", "finished", "onleave", "planned");
    private static final List<Generated> INPUT = input();

    @Test
    void areThoseThatTheVerifierDerives() {
        LanesInMemory lanes = LanesInMemory.run(INPUT, null, rules());
        RunVerdict verdict = lanes.verdict();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.due().demanded()).isGreaterThan(100);
        assertThat(verdict.alerts().resolved()).isGreaterThan(50);
        assertThat(lanes.registry
                        .find("clinical.alerts")
                        .tag("transition", "ended")
                        .counters())
                .anyMatch(counter -> counter.count() > 0);
    }

    @ParameterizedTest
    @EnumSource(names = {"DROPPED_FACT", "SKIPPED_STATE_WRITE", "DOUBLED_ALERT", "ALERT_UNDER_ANOTHER_PATIENT"})
    void aFaultInOneIsNoticed(PlantedFault fault) {
        RunVerdict verdict = LanesInMemory.run(INPUT, new Plant(fault), rules()).verdict();

        assertThat(verdict.broken()).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "SWALLOWED_ALERT",
                "ALERT_NAMES_ANOTHER_PATIENT",
                "WRONG_EVIDENCE",
                "LOST_ORIGIN_OF_AN_ALERT",
                "LOST_HEADER_OF_AN_ALERT",
                "NAME_IN_AN_ALERT",
                "NAME_IN_AN_ALERT_HEADER"
            })
    @Tag("exhaustive")
    void soIsEachOtherOfItsKind(PlantedFault fault) {
        aFaultInOneIsNoticed(fault);
    }

    private static List<AlertRule> rules() {
        return rules("8310-5", "8867-4");
    }

    /**
     * @param measured code of what is watched while it is measured
     * @param admitted code of what is watched while the patient is in hospital
     */
    static List<AlertRule> rules(String measured, String admitted) {
        return List.of(
                rule("ward/measured", "http://loinc.org", measured, "while-measured"),
                rule("ward/admitted", "http://loinc.org", admitted, "while-admitted"),
                rule("ward/gateways", Heartbeat.SYSTEM, Heartbeat.CODE, "while-measured"));
    }

    private static AlertRule rule(String id, String system, String code, String watched) {
        return new AlertRule(
                id,
                "v1",
                "Silent",
                "any",
                "The ward",
                Duration.ofMinutes(30),
                Duration.ofMinutes(5),
                null,
                new RuleContent.Silence(
                        List.of(new AlertRule.Code(system, code)), Duration.ofMinutes(2), watched, "moderate"));
    }

    /** Records some seconds apart, with a night in which only ticks come. */
    private static List<Generated> input() {
        Random random = new Random(20_261_127);
        List<Generated> all = new ArrayList<>();
        Instant at = LanesInMemory.START;
        for (int i = 0; i < RECORDS; i++) {
            boolean night = i > RECORDS / 2 && i < RECORDS / 2 + 300;
            at = at.plusSeconds(night ? 60 : 1 + random.nextInt(40));
            all.add(night || random.nextInt(3) == 0 ? sent(null, Tick.value(), at) : record(random, i, at));
        }
        return all;
    }

    private static Generated record(Random random, int number, Instant at) {
        String patient = "Patient/p-00000" + random.nextInt(PATIENTS);
        return switch (random.nextInt(8)) {
            case 0 -> sent(patient, MemoryTopics.bytes(encounter(random, patient)), at);
            case 1 -> heartbeat("gateway-" + random.nextInt(2), at);
            case 2, 3, 4 -> sent(patient, MemoryTopics.bytes(observation("8867-4", number, patient, at)), at);
            default -> sent(patient, MemoryTopics.bytes(observation("8310-5", number, patient, at)), at);
        };
    }

    private static Generated heartbeat(String gateway, Instant at) {
        String device = "{\"resourceType\":\"Device\",\"id\":\"%s\"}".formatted(gateway);
        return sent("Device/" + gateway, MemoryTopics.bytes(device), at);
    }

    private static String encounter(Random random, String patient) {
        return """
                {"resourceType":"Encounter","id":"a%d","status":"%s","class":{"code":"%s"},\
                "subject":{"reference":"%s"}}""".formatted(
                        random.nextInt(2) + 2 * Integer.parseInt(patient.substring(patient.length() - 1)),
                        STATUSES.get(random.nextInt(STATUSES.size())),
                        random.nextInt(5) == 0 ? "AMB" : "IMP",
                        patient);
    }

    private static String observation(String code, int number, String patient, Instant at) {
        return """
                {"resourceType":"Observation","id":"a%d","status":"final","code":{"coding":[{"system":"http://loinc.org",\
                "code":"%s"}]},"subject":{"reference":"%s"},"effectiveDateTime":"%s",\
                "valueQuantity":{"value":72,"unit":"/min"}}""".formatted(number, code, patient, at);
    }

    private static Generated sent(@Nullable String key, byte[] value, Instant at) {
        Outgoing outgoing = Outgoing.of(key == null ? null : MemoryTopics.bytes(key), value);
        return new Generated(outgoing, at, Generated.Kind.LABORATORY, Generated.Keying.RIGHT, false, null);
    }
}
