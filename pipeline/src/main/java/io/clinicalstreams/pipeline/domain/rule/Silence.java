package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule that an analyte is measured: an alert if no reading comes for an interval. Any reading that the rule may
 * evaluate ends the silence, a preliminary one too. The log's time raises it: it does not follow from readings.
 *
 * @param whileAdmitted whether patients are watched from admission to discharge; else from each reading on, until the silence
 *     after it is an alert
 */
public record Silence(
        @Override RuleDefinition definition,
        Severity severity,
        Duration interval,
        boolean whileAdmitted,
        Set<Coding> codes)
        implements Rule {

    /** A reading of the analyte, whatever its value. */
    private record Heard(@Override String criterion) implements Assessment {

        @Override
        public @Nullable Severity met() {
            return null;
        }

        @Override
        public boolean cleared() {
            return true;
        }

        @Override
        public boolean needsFinal() {
            return false;
        }
    }

    public Silence {
        codes = Set.copyOf(codes);
        if (codes.isEmpty()) {
            throw new IllegalArgumentException("a rule must have a code");
        }
    }

    @Override
    public String kind() {
        return "silence";
    }

    @Override
    public String criterionName() {
        return "interval";
    }

    @Override
    public boolean isToldByReadings() {
        return false;
    }

    @Override
    public Judgement evaluate(PatientState state, Reading reading, UnitConversion units) {
        return Judgement.of(state, new Heard(interval.toString()));
    }
}
