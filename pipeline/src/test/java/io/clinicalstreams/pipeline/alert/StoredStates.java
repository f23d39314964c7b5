package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.HospitalStay;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.episode.Withdrawal;
import io.clinicalstreams.pipeline.domain.observation.Amount;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.Interval;
import io.clinicalstreams.pipeline.domain.observation.Interval.Bound;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.Unit;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import io.clinicalstreams.topics.wire.PatientKey;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The states in {@code patient-state-N.hex}, one for each format version. Enum constants are listed by name, never
 * taken from {@code values()}, so that reordering an enum changes nothing.
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
    private static final List<ObservationStatus> STATUSES = List.of(
            ObservationStatus.REGISTERED,
            ObservationStatus.PRELIMINARY,
            ObservationStatus.FINAL,
            ObservationStatus.AMENDED,
            ObservationStatus.CORRECTED,
            ObservationStatus.CANCELLED,
            ObservationStatus.ENTERED_IN_ERROR,
            ObservationStatus.UNKNOWN);
    private static final List<ObservationIdentity.Kind> KINDS = List.of(
            ObservationIdentity.Kind.ID, ObservationIdentity.Kind.IDENTIFIER, ObservationIdentity.Kind.COORDINATES);

    private StoredStates() {}

    /** Every transition with every severity, open and ended; nothing forgotten. */
    static PatientState version1() {
        return new PatientState(LocalDate.of(1950, 6, 1), "female", limitEpisodes());
    }

    /** The same with forgotten alerts. */
    static PatientState version2() {
        return new PatientState(
                null,
                null,
                "nonbinary",
                limitEpisodes(),
                List.of(new ForgottenAlert(0x0102030405060708L, 5), new ForgottenAlert(-2, 1)));
    }

    /** The same with episodes of single analytes, and readings without a unit or number. */
    static PatientState version3() {
        List<Episode> episodes = new ArrayList<>(limitEpisodes());
        for (Transition transition : TRANSITIONS) {
            episodes.add(analyteEpisode(episodes.size(), transition));
        }
        return new PatientState(
                null, LocalDate.of(2024, 2, 29), "male", episodes, List.of(new ForgottenAlert(0x0102030405060708L, 5)));
    }

    /** The same with the day of an input, pages of each severity, and the transitions that came with them. */
    static PatientState version4() {
        List<Episode> episodes = new ArrayList<>(version3().episodes());
        for (Severity paged : SEVERITIES) {
            int number = episodes.size();
            List<Evidence> readings = List.of(evidence(number), evidence(number + 1), evidence(number + 2));
            episodes.add(episode(number, null, Severity.MODERATE, paged, Transition.RECURRED, readings));
            episodes.add(episode(number + 1, null, Severity.LOW, paged, Transition.LOWERED, readings)
                    .ended(NOON.plusSeconds(number)));
        }
        return new PatientState(
                LocalDate.of(2026, 3, 1),
                LocalDate.of(1950, 6, 1),
                "unknown",
                episodes,
                List.of(new ForgottenAlert(0x0102030405060708L, 5)));
    }

    /** The same with readings and withdrawals, each with every part that may be missing, and the rules' digest. */
    static PatientState version5() {
        PatientState before = version4();
        List<KeptReading> readings = new ArrayList<>();
        for (ObservationStatus status : STATUSES) {
            readings.add(reading(readings.size(), status));
        }
        List<Coding> potassium = List.of(new Coding("http://loinc.org", "2823-3"), new Coding(null, "K"));
        Coding flagged = new Coding("urn:local", null);
        return new PatientState(
                before.heardOn(),
                before.birthDate(),
                before.gender(),
                before.episodes(),
                before.forgottenAlerts(),
                List.of(
                        new AnalyteHistory(potassium, readings),
                        new AnalyteHistory(List.of(flagged), List.of(elsewhere(readings.get(0))))),
                List.of(
                        new Withdrawal(
                                -3, LocalDate.of(2026, 2, 28), readings.get(5).version()),
                        new Withdrawal(
                                0x0102030405060708L,
                                LocalDate.of(2026, 3, 1),
                                readings.get(4).version())),
                -17);
    }

    private static KeptReading elsewhere(KeptReading reading) {
        return new KeptReading(
                new ObservationIdentity(ObservationIdentity.Kind.URL, "https://b.example/fhir/Observation/o"),
                reading.time(),
                reading.at(),
                reading.version(),
                reading.amount(),
                reading.hasOtherValue(),
                reading.interpretations(),
                reading.generated());
    }

    /** The same with stays in hospital, and the alert of a patient of whom nothing was measured since one began. */
    static PatientState version6() {
        PatientState before = version5();
        Evidence admission =
                new Evidence(new ObservationIdentity(ObservationIdentity.Kind.ENCOUNTER, "Encounter/e1"), null, NOON);
        Episode silent = Episode.silent(
                "%032x".formatted(99), "ward/silence", Severity.HIGH, admission, NOON, false, "Encounter/e1");
        return before.with(silent)
                .with(List.of(
                        new HospitalStay("e1", "e0", NOON.minusMillis(1), true, false, null, null),
                        new HospitalStay("e2", "e2", NOON.plusSeconds(7), false, true, 12L, NOON.minusSeconds(3))));
    }

    /** The same of a duplicate, with alerts that moved and went on. */
    static PatientState version7() {
        return version6()
                .with(limitEpisode(901, Severity.HIGH, Transition.MOVED))
                .with(limitEpisode(902, Severity.LOW, Transition.CONTINUED))
                .with(new PatientLink(new PatientKey("http://mrn.example|7"), 7L, NOON.plusNanos(1)));
    }

    private static KeptReading reading(int number, ObservationStatus status) {
        String uuid = "1e621f4c-db30-c273-49e9-2dcad508a9c" + number;
        Evidence evidence = evidence(number);
        return new KeptReading(
                number % 2 == 0
                        ? evidence.observation()
                        : new ObservationIdentity(evidence.observation().kind(), uuid),
                NOON.minusSeconds(number * 7L),
                NOON.plusMillis(number),
                new VersionOrder(
                        number % 2 == 0 ? null : number - 1L,
                        number % 3 == 0 ? null : NOON.plusNanos(number),
                        number % 4 == 0 ? null : NOON.minusSeconds(number),
                        status),
                number == 3 ? null : evidence.amount(),
                number == 3,
                number % 2 == 0
                        ? List.of()
                        : List.of(
                                new Coding("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "HH")),
                number % 3 == 1);
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
        return episode(number, null, severity, transition, List.of(opening, latest, worst));
    }

    private static Episode analyteEpisode(int number, Transition transition) {
        Coding analyte = new Coding(number % 3 == 0 ? null : "http://loinc.org", "10839-" + number);
        Amount bare = new Amount(Interval.of(null, new BigDecimal("4.2")), Unit.NONE);
        Evidence withoutUnit = new Evidence(evidence(number).observation(), bare, NOON);
        Evidence withoutNumber = new Evidence(evidence(number + 1).observation(), null, NOON.plusSeconds(number));
        List<Evidence> readings = number % 2 == 0
                ? List.of(withoutNumber, withoutUnit, evidence(number))
                : List.of(evidence(number), withoutNumber, withoutNumber);
        return episode(number, analyte, SEVERITIES.get(number % SEVERITIES.size()), transition, readings);
    }

    /** @param readings opening, latest, worst */
    private static Episode episode(
            int number, @Nullable Coding analyte, Severity severity, Transition transition, List<Evidence> readings) {
        return episode(number, analyte, severity, severity, transition, readings);
    }

    private static Episode episode(
            int number,
            @Nullable Coding analyte,
            Severity severity,
            Severity paged,
            Transition transition,
            List<Evidence> readings) {
        boolean ended = transition == Transition.RESOLVED
                || transition == Transition.RETRACTED
                || transition == Transition.MOVED;
        return new Episode(
                "%032x".formatted(number + 1),
                analyte == null ? "curated/potassium-high" : "curated/laboratory-flag",
                analyte,
                number + 1,
                severity,
                transition,
                readings.get(0),
                readings.get(1),
                readings.get(2),
                NOON.plusMillis(number),
                paged,
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
                new Amount(
                        new Interval(
                                BOUNDS.get(number % BOUNDS.size()), new BigDecimal("6.50").add(new BigDecimal(number))),
                        new Unit("mmol/L", number % 2 == 0)),
                NOON.minusSeconds(number).plusNanos(number % 3));
    }
}
