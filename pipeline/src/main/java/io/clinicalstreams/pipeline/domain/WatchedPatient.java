package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AlertId;
import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.HospitalStay;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Evidence;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A patient who is watched by a rule of kind silence, as {@link Evaluator} describes it.
 *
 * @param last the latest reading, or the admission if nothing was measured since
 * @param heard input time of it
 */
record WatchedPatient(
        Silence rule,
        Evidence last,
        Instant heard,
        boolean generated,
        @Nullable HospitalStay stay) {

    /** Null if the patient is not watched. */
    static @Nullable WatchedPatient of(Silence rule, PatientState state) {
        HospitalStay admission = rule.whileAdmitted() ? state.admission() : null;
        if (rule.whileAdmitted() && admission == null) {
            return null;
        }
        KeptReading latest = latest(rule, state);
        WatchedPatient watched = null;
        if (latest != null && (admission == null || !latest.at().isBefore(admission.since()))) {
            Evidence last = new Evidence(latest.identity(), latest.amount(), latest.time());
            watched = new WatchedPatient(rule, last, latest.at(), latest.generated(), admission);
        } else if (admission != null) {
            watched =
                    new WatchedPatient(rule, admission.evidence(), admission.since(), admission.generated(), admission);
        }
        return watched == null || !isOfAge(rule, state, watched.last) ? null : watched;
    }

    private static boolean isOfAge(Silence rule, PatientState state, Evidence last) {
        return state.birthDate() == null || rule.age().includes(state.birthDate(), Reading.dayOf(last.time()));
    }

    /** The latest reading that was not too old for the rule when it came. */
    private static @Nullable KeptReading latest(Silence rule, PatientState state) {
        KeptReading latest = null;
        for (AnalyteHistory history : state.histories()) {
            if (rule.isAbout(history.codings(), null)) {
                for (KeptReading reading : history.readings()) {
                    boolean counts = !reading.isStale(rule.maxAge())
                            && (latest == null || !reading.order().isBefore(latest.order()));
                    latest = counts ? reading : latest;
                }
            }
        }
        return latest;
    }

    /** When the silence is an alert, if nothing more comes. */
    Instant due() {
        return heard.plus(rule.interval());
    }

    /** Whether a silence after the same reading is an alert already, or was one. */
    boolean isTold(PatientState state) {
        for (Episode episode : state.episodes()) {
            if (episode.isOf(rule.id(), null) && !isOver(episode, state)) {
                return true;
            }
        }
        return false;
    }

    /** A silence that was resolved goes on if the reading that resolved it is withdrawn. */
    private boolean isOver(Episode silent, PatientState state) {
        Instant ended = silent.endedAt();
        return ended != null
                && (silent.isOver()
                        || !silent.opening().observation().equals(last.observation())
                        || ended.isBefore(due())
                        || (silent.transition() == Transition.RESOLVED
                                && state.kept(silent.latest().observation()) == null));
    }

    /** One Encounter may be several admissions, if it says so: their time tells them apart. */
    private ObservationIdentity opening() {
        ObservationIdentity by = last.observation();
        return by.kind() == ObservationIdentity.Kind.ENCOUNTER
                ? new ObservationIdentity(by.kind(), by.text() + ' ' + heard)
                : by;
    }

    /** Null if the silence after this reading was an alert that is forgotten. */
    @Nullable
    Alert alert(PatientKey patient, PatientState state) {
        String id = AlertId.of(patient, rule.id(), null, opening());
        Episode same = state.episode(id);
        if (same == null && state.forgotten(id) != null) {
            return null;
        }
        Instant ended = same == null ? null : same.endedAt();
        Instant at = ended != null && ended.isAfter(due()) ? ended : due();
        Episode silent = same == null
                ? Episode.silent(
                        id, rule.id(), rule.severity(), last, at, generated, stay == null ? null : stay.reference())
                : same.silentAgain(rule.severity(), at);
        return new Alert(
                patient.reference(), rule, rule.criterionName(), rule.interval().toString(), last, silent, at);
    }
}
