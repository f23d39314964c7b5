package io.clinicalstreams.pipeline.domain.rule;

import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A rule that listens to the laboratory: a result is critical when its {@code interpretation} says so (HH, LL, AA), and
 * no critical limit could assess it. That is so where there is no limit for its code or for the patient's age, and where
 * its value is no number, has an unknown unit, or a comparator that leaves the limit open. A limit that could assess it
 * decides alone: one finding is one alert.
 *
 * <p><b>Analyte.</b> Each analyte has an episode of its own, also where one Observation reports several as components: it
 * is the first coding of LOINC, else the first with a code. A measurement without any is not evaluated, because nothing
 * could end its episode.
 *
 * <p><b>Course.</b> A flagged result opens an episode, and a result of the same analyte without a flag ends it: a value of
 * any type, or another interpretation such as N, H or L. Many laboratories leave the interpretation out where a result is
 * normal, so a value without one ends it, too. What has neither, such as a test that was not done or a panel whose values are its components', ends nothing. While an
 * episode is open, limits do not keep later results from it.
 *
 * @param flags the interpretations that count, each with its severity
 */
public record LaboratoryFlag(
        String id,
        String version,
        String title,
        String source,
        Duration maxAge,
        Duration coolDown,
        AgeBand age,
        Map<Coding, Severity> flags)
        implements Rule {

    private static final String LOINC = "http://loinc.org";

    /**
     * @param met null when the result has none of the flags
     * @param criterion the flags; else the interpretations it has
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
            throw new IllegalArgumentException("a rule needs a flag");
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
    public @Nullable Coding analyte(Reading reading) {
        Coding first = null;
        for (Coding coding : reading.measurement().codings()) {
            if (coding.code() != null && LOINC.equals(coding.system())) {
                return coding;
            }
            first = first == null && coding.code() != null ? coding : first;
        }
        return first;
    }

    @Override
    public boolean concerns(PatientState state, Reading reading, List<Rule> assessedBy) {
        boolean opens = reading.measurement().interpretations().stream().anyMatch(flags::containsKey)
                && assessedBy.stream().noneMatch(CriticalLimit.class::isInstance);
        if (!opens && state.episodes().isEmpty()) {
            return false;
        }
        Coding analyte = analyte(reading);
        return analyte != null && (opens || state.open(id, analyte) != null);
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
