package io.clinicalstreams.pipeline.domain;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the alerting lane remembers of one patient.
 *
 * @param birthDate null until a Patient came by that said it
 * @param episodes open and ended ones, in the order they were opened; of each rule at most one is open
 */
public record PatientState(
        @Nullable LocalDate birthDate, @Nullable String gender, List<Episode> episodes) {

    public static final PatientState EMPTY = new PatientState(null, null, List.of());

    /**
     * A state without some ended episodes.
     *
     * @param alertIds of the episodes that were left out
     */
    public record Forgotten(PatientState state, List<String> alertIds) {}

    public PatientState {
        episodes = List.copyOf(episodes);
    }

    public boolean isEmpty() {
        return birthDate == null && gender == null && episodes.isEmpty();
    }

    /** This state without the episodes that ended before a time; the same state when there are none. */
    public Forgotten forgetEnded(Instant before) {
        List<Episode> kept = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        for (Episode episode : episodes) {
            if (episode.endedAt() != null && episode.endedAt().isBefore(before)) {
                forgotten.add(episode.alertId());
            } else {
                kept.add(episode);
            }
        }
        PatientState state = forgotten.isEmpty() ? this : new PatientState(birthDate, gender, kept);
        return new Forgotten(state, List.copyOf(forgotten));
    }

    /** The same state when the patient tells nothing new; what is known stays when a later Patient leaves it out. */
    PatientState learn(Patient patient) {
        LocalDate birth = patient.birthDate() == null ? birthDate : patient.birthDate();
        String sex = patient.gender() == null ? gender : patient.gender();
        PatientState learned = new PatientState(birth, sex, episodes);
        return learned.equals(this) ? this : learned;
    }

    @Nullable
    Episode open(String ruleId) {
        for (Episode episode : episodes) {
            if (episode.isOpen() && episode.ruleId().equals(ruleId)) {
                return episode;
            }
        }
        return null;
    }

    /** The episode of a rule that ended last. */
    @Nullable
    Episode lastEnded(String ruleId) {
        Episode last = null;
        for (Episode episode : episodes) {
            Instant end = episode.endedAt();
            if (end != null
                    && episode.ruleId().equals(ruleId)
                    && (last == null || last.endedAt() == null || !end.isBefore(last.endedAt()))) {
                last = episode;
            }
        }
        return last;
    }

    @Nullable
    Episode episode(String alertId) {
        for (Episode episode : episodes) {
            if (episode.alertId().equals(alertId)) {
                return episode;
            }
        }
        return null;
    }

    /** This state with an episode in place of the one of the same id, or at the end. */
    PatientState with(Episode changed) {
        List<Episode> all = new ArrayList<>(episodes);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).alertId().equals(changed.alertId())) {
                all.set(i, changed);
                return new PatientState(birthDate, gender, all);
            }
        }
        all.add(changed);
        return new PatientState(birthDate, gender, all);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientState[hidden]";
    }
}
