package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the alerting lane remembers of one patient.
 *
 * @param birthDate null until a Patient came by that said it
 * @param episodes open and ended ones, in the order they were opened; of each rule and analyte at most one is open
 * @param forgottenAlerts what is left of episodes that were forgotten, the last one last
 */
public record PatientState(
        @Nullable LocalDate birthDate,
        @Nullable String gender,
        List<Episode> episodes,
        List<ForgottenAlert> forgottenAlerts) {

    /**
     * Of so many forgotten alerts the version stays known, the latest ones. At four new alerts a day that is a week on top
     * of the time that episodes are kept, and as long as the input itself is. Each takes ten bytes of a state that is
     * written whole with every change. Should the Observation of an older one come again, its alert begins anew.
     */
    public static final int MOST_FORGOTTEN_ALERTS = 32;

    public static final PatientState EMPTY = new PatientState(null, null, List.of());

    /**
     * A state without some ended episodes.
     *
     * @param alertIds of the episodes that were left out
     */
    public record Forgotten(PatientState state, List<String> alertIds) {}

    public PatientState {
        episodes = List.copyOf(episodes);
        forgottenAlerts = List.copyOf(forgottenAlerts);
    }

    /** A state of which nothing was forgotten. */
    public PatientState(@Nullable LocalDate birthDate, @Nullable String gender, List<Episode> episodes) {
        this(birthDate, gender, episodes, List.of());
    }

    /** This state without the episodes that ended before a time; the same state when there are none. */
    public Forgotten forgetEnded(Instant before) {
        List<Episode> ended =
                episodes.stream().filter(episode -> hasEnded(episode, before)).toList();
        if (ended.isEmpty()) {
            return new Forgotten(this, List.of());
        }
        List<Episode> kept = new ArrayList<>(episodes);
        kept.removeAll(ended);
        List<ForgottenAlert> known = new ArrayList<>(forgottenAlerts);
        for (Episode episode : ended) {
            known.removeIf(alert -> alert.is(episode.alertId()));
            known.add(ForgottenAlert.of(episode));
        }
        int surplus = Math.max(0, known.size() - MOST_FORGOTTEN_ALERTS);
        return new Forgotten(
                new PatientState(birthDate, gender, kept, known.subList(surplus, known.size())),
                ended.stream().map(Episode::alertId).toList());
    }

    /** Whether there is an episode to forget. */
    public boolean hasEnded(Instant before) {
        for (Episode episode : episodes) {
            if (hasEnded(episode, before)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasEnded(Episode episode, Instant before) {
        return episode.endedAt() != null && episode.endedAt().isBefore(before);
    }

    /** The same state when the patient tells nothing new; what is known stays when a later Patient leaves it out. */
    public PatientState learn(Patient patient) {
        LocalDate birth = patient.birthDate() == null ? birthDate : patient.birthDate();
        String sex = patient.gender() == null ? gender : patient.gender();
        PatientState learned = new PatientState(birth, sex, episodes, forgottenAlerts);
        return learned.equals(this) ? this : learned;
    }

    @Nullable
    public Episode open(String ruleId, @Nullable Coding analyte) {
        for (Episode episode : episodes) {
            if (episode.isOpen() && episode.isOf(ruleId, analyte)) {
                return episode;
            }
        }
        return null;
    }

    /** The episode of a rule and analyte that ended last. */
    @Nullable
    public Episode lastEnded(String ruleId, @Nullable Coding analyte) {
        Episode last = null;
        for (Episode episode : episodes) {
            Instant end = episode.endedAt();
            if (end != null
                    && episode.isOf(ruleId, analyte)
                    && (last == null || last.endedAt() == null || !end.isBefore(last.endedAt()))) {
                last = episode;
            }
        }
        return last;
    }

    @Nullable
    public Episode episode(String alertId) {
        for (Episode episode : episodes) {
            if (episode.alertId().equals(alertId)) {
                return episode;
            }
        }
        return null;
    }

    /** What is left of an alert whose episode was forgotten; null when nothing is. */
    @Nullable
    public ForgottenAlert forgotten(String alertId) {
        for (ForgottenAlert alert : forgottenAlerts) {
            if (alert.is(alertId)) {
                return alert;
            }
        }
        return null;
    }

    /** This state with an episode in place of the one of the same id, or at the end. */
    public PatientState with(Episode changed) {
        List<Episode> all = new ArrayList<>(episodes);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).alertId().equals(changed.alertId())) {
                all.set(i, changed);
                return new PatientState(birthDate, gender, all, forgottenAlerts);
            }
        }
        all.add(changed);
        return new PatientState(birthDate, gender, all, forgottenAlerts);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientState[hidden]";
    }
}
