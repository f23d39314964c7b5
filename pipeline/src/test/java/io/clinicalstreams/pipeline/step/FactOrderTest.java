package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluation;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.ObservationCase;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.AgeBand;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a Bundle causes does not depend on the order of its entries. */
class FactOrderTest {

    private static final RuleBook RULES = RuleBook.of(List.of(
            Cases.rule(
                    "curated/potassium-high",
                    new AgeBand(18, 200),
                    Cases.variant("2823-3", "mmol/L", "<6.0", ">=6.5", ">=6.0")),
            Cases.potassiumLow(),
            Cases.laboratoryFlag()));
    private static final List<String> VALUES = List.of("2.4", "3.1", "4.2", "5.99", "6.0", "6.6", ">6.2");
    private static final List<ObservationStatus> STATUSES = List.of(
            ObservationStatus.PRELIMINARY,
            ObservationStatus.FINAL,
            ObservationStatus.CORRECTED,
            ObservationStatus.ENTERED_IN_ERROR);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyOrderOfTheEntriesHasTheSameOutcome(long seed) {
        Random random = new Random(seed);
        int transitions = 0;
        for (int round = 0; round < 300; round++) {
            List<ClinicalFact> entries = entries(random);
            PatientState before = evaluated(entries(random), PatientState.EMPTY, new ArrayList<>());
            List<String> expected = new ArrayList<>();
            PatientState after = evaluated(entries, before, expected);
            transitions += expected.size();
            for (int order = 0; order < 20; order++) {
                Collections.shuffle(entries, random);
                List<String> alerts = new ArrayList<>();
                assertThat(evaluated(entries, before, alerts)).isEqualTo(after);
                assertThat(alerts).isEqualTo(expected);
            }
        }
        assertThat(transitions).as("the Bundles cause something").isGreaterThan(300);
    }

    private static List<ClinicalFact> entries(Random random) {
        List<ClinicalFact> entries = new ArrayList<>();
        for (int result = random.nextInt(5); result >= 0; result--) {
            int versions = random.nextInt(3) == 0 ? 1 + random.nextInt(STATUSES.size()) : 1;
            for (int version = 0; version < versions; version++) {
                ObservationStatus status = versions == 1 ? ObservationStatus.FINAL : STATUSES.get(version);
                entries.add(observed(random, "k" + result, status));
            }
        }
        for (int patients = random.nextInt(3); patients > 0; patients--) {
            LocalDate birth = random.nextBoolean() ? LocalDate.of(1980, 1, 1) : LocalDate.of(2020, 1, 1);
            entries.add(introduced(birth, link(random)));
        }
        return entries;
    }

    /** Versions that are known, partly known, or the same with another link. */
    private static PatientLink link(Random random) {
        PatientKey other = random.nextInt(4) == 0 ? new PatientKey("Patient/b" + random.nextInt(2)) : null;
        Instant updated = random.nextBoolean() ? null : Cases.NOON.minusSeconds(random.nextInt(3));
        return new PatientLink(other, random.nextBoolean() ? null : (Long) random.nextLong(3), updated);
    }

    @Test
    void theLatestVersionOfAPatientInABundleComesLast() {
        LocalDate born = LocalDate.of(1980, 1, 1);
        List<ClinicalFact> entries = List.of(
                introduced(born, new PatientLink(null, 10L, null)),
                introduced(LocalDate.of(2020, 1, 1), new PatientLink(null, 9L, null)));

        assertThat(ClinicalFact.inOrder(entries)).containsExactly(entries.get(1), entries.get(0));
        assertThat(evaluated(entries, PatientState.EMPTY, new ArrayList<>()).birthDate())
                .isEqualTo(born);
    }

    private static ClinicalFact introduced(LocalDate birth, PatientLink link) {
        return new ClinicalFact.Introduced(
                new Patient(birth, false, "female", link),
                Cases.NOON,
                origin(),
                new RecordHeaders(),
                new ClinicalFact.Forwarding(null, 0, false));
    }

    private static ClinicalFact observed(Random random, String id, ObservationStatus status) {
        ObservationCase reading = Cases.potassium(VALUES.get(random.nextInt(VALUES.size())))
                .id(id)
                .status(status)
                .effective(Cases.NOON.minusSeconds(60L * random.nextInt(12)));
        if (random.nextInt(5) == 0) {
            reading.codes("10839-9").interpreted(random.nextBoolean() ? "HH" : "N");
        }
        return new ClinicalFact.Observed(
                reading.build(),
                Cases.NOON,
                origin(),
                new RecordHeaders(),
                new ClinicalFact.Forwarding(null, 0, false));
    }

    private static Coordinates origin() {
        return Coordinates.ofRecord("received", 0, 7);
    }

    private static PatientState evaluated(List<ClinicalFact> entries, PatientState before, List<String> alerts) {
        Evaluator evaluator = new Evaluator(Cases.UNITS);
        PatientState state = before;
        for (ClinicalFact fact : ClinicalFact.inOrder(entries)) {
            Evaluation evaluation = fact.evaluate(evaluator, state, Cases.ANNA, RULES);
            state = evaluation.state();
            evaluation
                    .alerts()
                    .forEach(alert -> alerts.add(alert.alertId()
                            + ' '
                            + alert.version()
                            + ' '
                            + alert.transition()
                            + ' '
                            + alert.severity()));
        }
        return state;
    }
}
