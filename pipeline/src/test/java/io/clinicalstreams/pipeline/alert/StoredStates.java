package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.Episode;
import io.clinicalstreams.pipeline.domain.Evidence;
import io.clinicalstreams.pipeline.domain.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.Interval;
import io.clinicalstreams.pipeline.domain.Interval.Bound;
import io.clinicalstreams.pipeline.domain.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.PatientState;
import io.clinicalstreams.pipeline.domain.Severity;
import io.clinicalstreams.pipeline.domain.Transition;
import io.clinicalstreams.pipeline.domain.Unit;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * The states that the bytes {@code patient-state-N.hex} stand for, one for each version of the stored form. What is
 * enumerated is named here, never taken from {@code values()}: another order of an enum's constants changes nothing.
 */
final class StoredStates {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final List<Transition> TRANSITIONS = List.of(
            Transition.RAISED,
            Transition.ESCALATED,
            Transition.LOWERED,
            Transition.REPEATED,
            Transition.CONFIRMED,
            Transition.RESOLVED,
            Transition.REOPENED,
            Transition.REVISED,
            Transition.RETRACTED);
    private static final List<Severity> SEVERITIES = List.of(Severity.LOW, Severity.MODERATE, Severity.HIGH);
    private static final List<Bound> BOUNDS =
            List.of(Bound.EXACTLY, Bound.BELOW, Bound.AT_MOST, Bound.AT_LEAST, Bound.ABOVE, Bound.UNKNOWN);
    private static final List<ObservationIdentity.Kind> KINDS = List.of(
            ObservationIdentity.Kind.ID, ObservationIdentity.Kind.IDENTIFIER, ObservationIdentity.Kind.COORDINATES);

    private StoredStates() {}

    /** Every transition with every severity, open and ended; nothing forgotten. */
    static PatientState version1() {
        return new PatientState(LocalDate.of(1950, 6, 1), "female", limitEpisodes());
    }

    /** The same, and forgotten alerts. */
    static PatientState version2() {
        return new PatientState(
                null,
                "nonbinary",
                limitEpisodes(),
                List.of(new ForgottenAlert(0x0102030405060708L, 5), new ForgottenAlert(-2, 1)));
    }

    private static List<Episode> limitEpisodes() {
        List<Episode> episodes = new ArrayList<>();
        for (Transition transition : TRANSITIONS) {
            for (Severity severity : SEVERITIES) {
                episodes.add(limitEpisode(episodes.size(), severity, transition));
            }
        }
        return episodes;
    }

    private static Episode limitEpisode(int number, Severity severity, Transition transition) {
        Evidence opening = evidence(number);
        Evidence latest = number % 2 == 0 ? opening : evidence(number + 1);
        Evidence worst = number % 3 == 0 ? opening : number % 3 == 1 ? latest : evidence(number + 2);
        boolean ended = transition == Transition.RESOLVED || transition == Transition.RETRACTED;
        return new Episode(
                "%032x".formatted(number + 1),
                "curated/potassium-high",
                number + 1,
                severity,
                transition,
                opening,
                latest,
                worst,
                NOON.plusMillis(number),
                ended ? NOON.plusSeconds(number) : null,
                number % 4 == 1,
                number,
                2 * number,
                number % 5 == 1,
                number % 2 == 0 ? null : "Encounter/e" + number);
    }

    private static Evidence evidence(int number) {
        return new Evidence(
                new ObservationIdentity(KINDS.get(number % KINDS.size()), "o" + number),
                new Interval(BOUNDS.get(number % BOUNDS.size()), new BigDecimal("6.50").add(new BigDecimal(number))),
                new Unit("mmol/L", number % 2 == 0),
                NOON.minusSeconds(number).plusNanos(number % 3));
    }
}
