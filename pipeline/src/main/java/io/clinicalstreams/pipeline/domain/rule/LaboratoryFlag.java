package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that follows the laboratory's interpretation: a result is critical if it is flagged (HH, LL, AA) and no
 * critical limit could assess it. That happens if there is no limit for its code or the patient's age, or if its value
 * is not a number, has an unknown unit, or has a comparator that leaves the limit undecided. If a limit could assess
 * it, the limit alone decides: one alert per finding.
 *
 * <p><b>Analyte.</b> Each analyte has its own episode, even if one Observation reports several as components. The
 * analyte is the first LOINC coding, else the first coding with a code. A measurement without one is not evaluated,
 * because nothing could end its episode.
 *
 * <p><b>Course.</b> A flagged result opens an episode, and a result of the same analyte without a flag ends it: a value
 * of any type, or another interpretation such as N, H or L. Many laboratories omit the interpretation of a normal
 * result, so a value without one also ends it. A measurement with neither, such as a test not done or a panel whose
 * values are in its components, ends nothing. While an episode is open, later results reach it even if a limit assesses
 * them.
 *
 * @param flags the critical interpretations, each with its severity
 */
public record LaboratoryFlag(@Override RuleDefinition definition, Map<Coding, Severity> flags) implements Rule {

    /**
     * @param met null if the result has none of the flags
     * @param criterion its flags, else its interpretations
     */
    private record Flagged(
            @Override @Nullable Severity met, @Override String criterion) implements Assessment {

        @Override
        public boolean cleared() {
            return met == null;
        }
    }

    public LaboratoryFlag {
        flags = Map.copyOf(flags);
        if (flags.isEmpty()) {
            throw new IllegalArgumentException("a rule must have a flag");
        }
    }

    @Override
    public String kind() {
        return "laboratory-flag";
    }

    @Override
    public String criterionName() {
        return "interpretation";
    }

    @Override
    public Set<Coding> codes() {
        return Set.of();
    }

    @Override
    public boolean isByAnalyte() {
        return true;
    }

    @Override
    public @Nullable Coding analyte(List<Coding> codings) {
        Coding first = null;
        for (Coding coding : codings) {
            if (coding.code() != null && Coding.LOINC.equals(coding.system())) {
                return coding;
            }
            first = first == null && coding.code() != null ? coding : first;
        }
        return first;
    }

    @Override
    public boolean isAbout(List<Coding> codings, @Nullable Coding analyte) {
        return analyte != null && analyte.equals(analyte(codings));
    }

    @Override
    public boolean concerns(boolean open, Reading reading, List<Rule> assessedBy) {
        boolean opens = reading.measurement().interpretations().stream().anyMatch(flags::containsKey)
                && assessedBy.stream().noneMatch(CriticalLimit.class::isInstance);
        return (opens || open) && analyte(reading) != null;
    }

    @Override
    public Judgement evaluate(PatientState state, Reading reading, UnitConversion units) {
        List<Coding> interpretations = reading.measurement().interpretations();
        Severity met = null;
        for (Coding interpretation : interpretations) {
            Severity severity = flags.get(interpretation);
            met = severity != null && (met == null || severity.compareTo(met) > 0) ? severity : met;
        }
        String criterion = interpretations.stream()
                .filter(met == null ? any -> true : flags::containsKey)
                .map(Coding::code)
                .filter(code -> code != null)
                .distinct()
                .collect(Collectors.joining(", "));
        return Judgement.of(state, new Flagged(met, criterion.isEmpty() ? "none" : criterion));
    }
}
