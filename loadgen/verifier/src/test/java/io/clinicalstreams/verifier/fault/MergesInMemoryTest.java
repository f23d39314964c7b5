package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.loadgen.generate.Generated;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.alert.AlertForms;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.MemoryTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The real lanes and the verifier agree about patients with several records, of which some replace others. */
class MergesInMemoryTest {

    private static final int RECORDS = 2_000;
    private static final int PATIENTS = 60;
    private static final List<String> VALUES = List.of("4.1", "5.9", "6.2", "6.9");

    private final Random random = new Random(20_261_128);
    private final int[] versions = new int[PATIENTS];

    static List<Generated> input() {
        return new MergesInMemoryTest().input(Duration.ofMillis(100));
    }

    private List<Generated> input(Duration apart) {
        List<Generated> input = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            Instant at = LanesInMemory.START.plus(apart.multipliedBy(i));
            int patient = random.nextInt(PATIENTS);
            int kind = random.nextInt(20);
            String value = kind == 0 ? patient(patient) : kind == 1 ? encounter(patient) : observation(patient, i, at);
            input.add(generated(patient, value, at));
        }
        return input;
    }

    /** Of duplicates the verifier accepts any silence, but it wants each Encounter forwarded and each alert ended. */
    @Test
    void theVerifierAcceptsTheSilencesOfDuplicates() {
        List<AlertRule> rules = SilencesInMemoryTest.rules("2823-3", "2823-3");
        LanesInMemory lanes = LanesInMemory.run(input(Duration.ofSeconds(4)), null, rules);

        assertThat(lanes.verdict().broken()).isEmpty();
        assertThat(AlertForms.current(lanes.topics, lanes.verified, Mark.BEGINNING)
                        .byId()
                        .values())
                .anyMatch(form ->
                        form.rule().startsWith("ward/") && form.transition().equals("moved"));
        assertThat(lanes.registry
                        .find("clinical.duplicates.forwarded")
                        .tag("what", "encounter")
                        .counters())
                .anyMatch(counter -> counter.count() > 0);
    }

    @Test
    void theVerifierExpectsWhatTheLanesDo() {
        RunVerdict verdict = LanesInMemory.run(input(), null).verdict();

        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.checks())
                .filteredOn(check -> check.name().equals("merges"))
                .hasSize(1);
        assertThat(verdict.alerts().raised()).isGreaterThan(50);
    }

    private static Generated generated(int patient, String value, Instant at) {
        byte[] key = MemoryTopics.bytes("Patient/p" + patient);
        return new Generated(
                new Outgoing(key, MemoryTopics.bytes(value.replace('\'', '"')), null, 1),
                at,
                Generated.Kind.LABORATORY,
                Generated.Keying.RIGHT,
                false,
                null);
    }

    /**
     * Often replaced by the next of five, so there are chains; sometimes by the one before, so there are cycles. The last
     * one's is a patient without any input.
     */
    private String patient(int number) {
        int first = number - number % 5;
        int other = random.nextInt(8) == 0 ? Math.max(first, number - 1) : number + 1;
        String key = (other == first + 5 ? "kept" : "p") + other;
        String link = random.nextInt(3) == 0
                ? ""
                : ",'link':[{'type':'replaced-by','other':{'reference':'Patient/" + key + "'}}]";
        // Sent again, or an earlier one that comes later.
        boolean isAgain = random.nextInt(5) == 0;
        int version = isAgain ? Math.max(0, versions[number] - random.nextInt(3)) : ++versions[number];
        return "{'resourceType':'Patient','id':'p" + number + "','meta':{'versionId':'" + version + "'}" + link + "}";
    }

    private String encounter(int patient) {
        return "{'resourceType':'Encounter','id':'e" + patient + "','status':'"
                + (random.nextBoolean() ? "in-progress" : "finished") + "','class':{'code':'IMP'},"
                + "'subject':{'reference':'Patient/p" + patient + "'}}";
    }

    private String observation(int patient, int number, Instant at) {
        return "{'resourceType':'Observation','id':'o" + number
                + "','status':'final','code':{'coding':[{'system':'http://loinc.org','code':'2823-3'}]},"
                + "'subject':{'reference':'Patient/p" + patient + "'},'effectiveDateTime':'" + at
                + "','valueQuantity':{'value':" + VALUES.get(random.nextInt(VALUES.size()))
                + ",'unit':'mmol/L','system':'http://unitsofmeasure.org','code':'mmol/L'}}";
    }
}
