package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The state of a patient who was measured for a week, with the built-in rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StateSizeTest {

    private static final int PATIENTS = 51;

    /** As servers give them. */
    private static final PatientKey PATIENT = new PatientKey("Patient/7353e17f-0cd5-5b0a-c736-cbb07c51bae5");

    private static final Patient INTRODUCED = new Patient(
            LocalDate.of(1950, 6, 1), false, "female", new PatientLink(null, 1L, Cases.NOON.minusMillis(700)));

    private final byte[] key = PATIENT.toBytes();

    private final Evaluator evaluator = new Evaluator(new UcumConversion());
    private final RuleBook rules = RuleBook.of(AlertRuleYaml.load().stream()
            .map(rule -> RuleDecoder.decode(rule.id(), AlertRuleJson.write(rule)))
            .toList());
    private final List<Integer> after = new ArrayList<>();
    private final List<Integer> wholeLogged = new ArrayList<>();
    private final List<Integer> logged = new ArrayList<>();

    StateSizeTest() {
        for (int patient = 0; patient < PATIENTS; patient++) {
            PatientStore store = new PatientStore("any", new TreeMap<>());
            PatientState state = PatientState.EMPTY;
            for (WardWeek.Input input : WardWeek.inputs(patient)) {
                state = evaluator
                        .evaluate(state, PATIENT, input.observation().build(), input.at(), "received/0/7", rules)
                        .state();
                int bytes = 0;
                for (StateParts.Part part : new StoredState(store.get(Bytes.wrap(key))).changes(state)) {
                    byte[] of = PatientStore.key(key, part.number());
                    bytes += of.length + (part.bytes() == null ? 0 : part.bytes().length);
                    store.put(Bytes.wrap(of), part.bytes());
                }
                if (bytes > 0) {
                    logged.add(bytes);
                    wholeLogged.add(key.length + PatientStateCodec.encode(state).length);
                }
            }
            after.add(store.get(Bytes.wrap(key)).length);
        }
    }

    @Test
    void afterAWeekOnAWardTheMedianStateTakesAtMost600Bytes() {
        assertThat(median(after)).as("bytes").isLessThanOrEqualTo(600);
    }

    /** Every patient has one: a link in an earlier version that arrives later must merge nothing. */
    @Test
    void theVersionOfAPatientTakesAtMost10Bytes() {
        PatientState known = PatientState.EMPTY.learn(INTRODUCED).judgedWith(1);

        int with = PatientStateCodec.encode(known.with(Objects.requireNonNull(INTRODUCED.link()))).length;
        assertThat(with - PatientStateCodec.encode(known).length).isLessThanOrEqualTo(10);
    }

    /** Of key and value, before compression. */
    @Test
    void anInputThatChangesAStateWritesAtMost150BytesInTheMedian() {
        assertThat(median(logged)).as("bytes").isLessThanOrEqualTo(150);
    }

    @Test
    void thatIsLessThanAQuarterOfWritingItWhole() {
        assertThat(sum(logged)).isLessThan(sum(wholeLogged) / 4);
    }

    private static long sum(List<Integer> sizes) {
        return sizes.stream().mapToLong(Integer::longValue).sum();
    }

    private static int median(List<Integer> sizes) {
        return sizes.stream().sorted().skip(sizes.size() / 2).findFirst().orElseThrow();
    }
}
