package io.clinicalstreams.pipeline.domain.episode;

import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything the alerting lane remembers about one patient.
 *
 * @param heardOn UTC day of an input of this patient by the log's time, at most {@link #HEARD_AGAIN_DAYS} before the latest;
 *     null in states of earlier versions
 * @param birthDate null until a Patient resource gives it
 * @param episodes open and ended, in the order they were opened; at most one is open for each rule and analyte
 * @param forgottenAlerts what is kept of forgotten episodes, the latest last
 * @param histories the readings that are kept, by analyte
 * @param withdrawals the withdrawn Observations, the latest last
 * @param judgedWith the {@code RuleBook}'s digest by which open episodes were last judged; 0 if that is not known
 * @param stays in hospital, while a rule needs them; the latest change last
 * @param link to the Patient that replaces this one, if there is one, and the latest version of the Patient; null until a
 *     Patient has a version or a link
 */
public record PatientState(
        @Nullable LocalDate heardOn,
        @Nullable LocalDate birthDate,
        @Nullable String gender,
        List<Episode> episodes,
        List<ForgottenAlert> forgottenAlerts,
        List<AnalyteHistory> histories,
        List<Withdrawal> withdrawals,
        int judgedWith,
        List<HospitalStay> stays,
        @Nullable PatientLink link) {

    /**
     * The version is kept for this many forgotten alerts, the latest ones. At four new alerts a day this is a week
     * beyond the episodes' own retention, and as long as the input is kept. Each takes ten bytes of a state that is read
     * for every input. If the Observation of an older one arrives again, its alert starts over.
     */
    public static final int MOST_FORGOTTEN_ALERTS = 32;

    /** Far more than a patient has; each takes about twenty bytes of the state. */
    public static final int MOST_WITHDRAWALS = 32;

    /** A patient has one or two; ended ones are kept so that an earlier version of an Encounter does not begin them again. */
    static final int MOST_STAYS = 4;

    /** Far longer than input is kept. */
    static final int WITHDRAWN_DAYS = 30;

    /** Each day would cost a changelog record for each patient and day. */
    static final int HEARD_AGAIN_DAYS = 30;

    /**
     * A patient without input for a year is forgotten. By then every topic has forgotten the patient's alerts, so no
     * version number can be used twice. Birth date and sex are forgotten too; a patient of unknown age is evaluated by
     * the rules for every age.
     */
    static final int REMEMBERED_DAYS = 365 + HEARD_AGAIN_DAYS;

    public static final PatientState EMPTY = new PatientState(null, null, List.of());

    /**
     * A state from which ended episodes were removed.
     *
     * @param episodes removed, in the order in which they ended
     */
    public record Forgotten(PatientState state, List<Episode> episodes) {}

    public PatientState {
        episodes = List.copyOf(episodes);
        forgottenAlerts = List.copyOf(forgottenAlerts);
        histories = List.copyOf(histories);
        withdrawals = List.copyOf(withdrawals);
        stays = List.copyOf(stays);
    }

    /** A state without stays and link. */
    public PatientState(
            @Nullable LocalDate heardOn,
            @Nullable LocalDate birthDate,
            @Nullable String gender,
            List<Episode> episodes,
            List<ForgottenAlert> forgottenAlerts,
            List<AnalyteHistory> histories,
            List<Withdrawal> withdrawals,
            int judgedWith) {
        this(
                heardOn,
                birthDate,
                gender,
                episodes,
                forgottenAlerts,
                histories,
                withdrawals,
                judgedWith,
                List.of(),
                null);
    }

    /** A state without readings. */
    public PatientState(
            @Nullable LocalDate heardOn,
            @Nullable LocalDate birthDate,
            @Nullable String gender,
            List<Episode> episodes,
            List<ForgottenAlert> forgottenAlerts) {
        this(heardOn, birthDate, gender, episodes, forgottenAlerts, List.of(), List.of(), 0);
    }

    /** A state without forgotten alerts. */
    public PatientState(@Nullable LocalDate birthDate, @Nullable String gender, List<Episode> episodes) {
        this(null, birthDate, gender, episodes, List.of());
    }

    /** This state after an input on a day; the same state if it is not worth a write. */
    public PatientState heard(LocalDate day) {
        boolean known = heardOn != null && day.isBefore(heardOn.plusDays(HEARD_AGAIN_DAYS));
        return known ? this : of(day, birthDate, gender, episodes, forgottenAlerts);
    }

    /** Whether nothing has to be kept. */
    public boolean isOver(LocalDate day) {
        return episodes.isEmpty()
                && (isBlank() || (heardOn != null && !day.isBefore(heardOn.plusDays(REMEMBERED_DAYS))));
    }

    private boolean isBlank() {
        return birthDate == null
                && gender == null
                && forgottenAlerts.isEmpty()
                && histories.isEmpty()
                && withdrawals.isEmpty()
                && stays.isEmpty()
                && link == null;
    }

    private PatientState of(
            @Nullable LocalDate heardOn,
            @Nullable LocalDate birthDate,
            @Nullable String gender,
            List<Episode> episodes,
            List<ForgottenAlert> forgottenAlerts) {
        return new PatientState(
                heardOn, birthDate, gender, episodes, forgottenAlerts, histories, withdrawals, judgedWith, stays, link);
    }

    /** This state with other episodes and readings. */
    public PatientState replacing(List<Episode> episodes, List<AnalyteHistory> histories) {
        return new PatientState(
                heardOn, birthDate, gender, episodes, forgottenAlerts, histories, withdrawals, judgedWith, stays, link);
    }

    /** Whether everything else is equal. */
    public boolean differsOnlyInEpisodesAndReadings(PatientState other) {
        return judgedWith == other.judgedWith
                && Objects.equals(heardOn, other.heardOn)
                && Objects.equals(birthDate, other.birthDate)
                && Objects.equals(gender, other.gender)
                && forgottenAlerts.equals(other.forgottenAlerts)
                && withdrawals.equals(other.withdrawals)
                && stays.equals(other.stays)
                && Objects.equals(link, other.link);
    }

    private PatientState with(List<AnalyteHistory> histories, List<Withdrawal> withdrawals) {
        return new PatientState(
                heardOn, birthDate, gender, episodes, forgottenAlerts, histories, withdrawals, judgedWith, stays, link);
    }

    /** This state after its open episodes were judged by rules. */
    public PatientState judgedWith(int rules) {
        return rules == judgedWith
                ? this
                : new PatientState(
                        heardOn,
                        birthDate,
                        gender,
                        episodes,
                        forgottenAlerts,
                        histories,
                        withdrawals,
                        rules,
                        stays,
                        link);
    }

    /** This state with other stays. */
    public PatientState with(List<HospitalStay> stays) {
        return new PatientState(
                heardOn, birthDate, gender, episodes, forgottenAlerts, histories, withdrawals, judgedWith, stays, link);
    }

    /** The stay that began first of those in which the patient is present; null if the patient is not in hospital. */
    public @Nullable HospitalStay admission() {
        HospitalStay first = null;
        for (HospitalStay stay : stays) {
            first = stay.present() && (first == null || stay.since().isBefore(first.since())) ? stay : first;
        }
        return first;
    }

    /**
     * This state with what an Encounter says; the same state if that is nothing new.
     *
     * @param at input time
     */
    public PatientState with(Encounter encounter, Instant at) {
        HospitalStay known = null;
        for (HospitalStay stay : stays) {
            known = stay.id().equals(encounter.id()) ? stay : known;
        }
        if (known == null ? !encounter.admits() : known.isAfter(encounter)) {
            return this;
        }
        boolean present = encounter.admits() && encounter.present();
        HospitalStay admission = admission();
        HospitalStay from = known != null && known.present() == present ? known : present ? admission : null;
        HospitalStay now = new HospitalStay(
                encounter.id(),
                from == null ? encounter.id() : from.admission(),
                from == null ? at : from.since(),
                present,
                encounter.generated(),
                encounter.versionId(),
                encounter.lastUpdated());
        if (now.equals(known)) {
            return this;
        }
        List<HospitalStay> all = new ArrayList<>(stays);
        all.remove(known);
        all.add(now);
        return with(bounded(all));
    }

    /** This state with another link; the same state if it is the same. */
    public PatientState with(PatientLink changed) {
        return changed.equals(link)
                ? this
                : new PatientState(
                        heardOn,
                        birthDate,
                        gender,
                        episodes,
                        forgottenAlerts,
                        histories,
                        withdrawals,
                        judgedWith,
                        stays,
                        changed);
    }

    /** The patient that replaces this one, to whom all input goes on; null if none does. */
    public @Nullable PatientKey replacedBy() {
        return link == null ? null : link.replacedBy();
    }

    /** What is left of a duplicate: the alerts that ended, until they are forgotten, and where input goes. */
    public PatientState left(PatientLink link) {
        return new PatientState(
                heardOn, null, null, episodes, forgottenAlerts, List.of(), List.of(), 0, List.of(), link);
    }

    /** What moves to the patient that replaces a duplicate; {@link #EMPTY} if nothing does. */
    public PatientState moving() {
        List<Episode> open = episodes.stream().filter(Episode::isOpen).toList();
        int judged = open.isEmpty() ? 0 : judgedWith;
        return new PatientState(null, birthDate, gender, open, List.of(), histories, withdrawals, judged, stays, null);
    }

    /** Of what moves, the open alerts alone, for a patient whose state cannot take more. */
    public PatientState openAlerts() {
        PatientState moving = moving();
        return new PatientState(
                null, birthDate, gender, moving.episodes, List.of(), List.of(), List.of(), moving.judgedWith);
    }

    /** The number of readings that are kept. */
    public int readings() {
        return histories.stream().mapToInt(history -> history.readings().size()).sum();
    }

    /**
     * This state with what moved to it, but for its alerts. Of an Observation that both have, the later version counts;
     * birth date and sex are those of the duplicate only if none are known.
     */
    public PatientState joinedWith(PatientState moved) {
        PatientState joined = of(
                heardOn,
                birthDate == null ? moved.birthDate : birthDate,
                gender == null ? moved.gender : gender,
                episodes,
                forgottenAlerts);
        return JoinedReadings.of(joined, moved);
    }

    /** Without the oldest of more stays than are kept, those that ended first. */
    static List<HospitalStay> bounded(List<HospitalStay> stays) {
        List<HospitalStay> bounded = new ArrayList<>(stays);
        while (bounded.size() > MOST_STAYS) {
            bounded.remove(
                    bounded.stream().filter(stay -> !stay.present()).findFirst().orElse(bounded.get(0)));
        }
        return bounded;
    }

    /** The reading of an Observation that is kept; null if none is. */
    public @Nullable KeptReading kept(ObservationIdentity identity) {
        for (AnalyteHistory history : histories) {
            KeptReading reading = history.reading(identity);
            if (reading != null) {
                return reading;
            }
        }
        return null;
    }

    /** The histories that have a reading of an Observation. */
    public List<AnalyteHistory> naming(ObservationIdentity identity) {
        return histories.stream().filter(history -> history.names(identity)).toList();
    }

    /** This state with one more reading. */
    public PatientState with(List<Coding> codings, KeptReading reading) {
        return with(codings, reading, this);
    }

    /** @param before this state with the earlier version of the reading's Observation, whose place it takes */
    public PatientState with(List<Coding> codings, KeptReading reading, PatientState before) {
        List<AnalyteHistory> all = new ArrayList<>(histories);
        AnalyteHistory none = new AnalyteHistory(codings, List.of());
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).codings().equals(codings)) {
                all.set(i, all.get(i).with(reading, before.history(codings, none)));
                return with(all, withdrawals);
            }
        }
        all.add(none.with(reading, none));
        return with(all, withdrawals);
    }

    private AnalyteHistory history(List<Coding> codings, AnalyteHistory otherwise) {
        for (AnalyteHistory history : histories) {
            if (history.codings().equals(codings)) {
                return history;
            }
        }
        return otherwise;
    }

    /** This state without the readings of an Observation. */
    public PatientState without(ObservationIdentity identity) {
        return with(
                histories.stream()
                        .map(history -> history.without(identity))
                        .filter(history -> !history.readings().isEmpty())
                        .toList(),
                withdrawals);
    }

    /**
     * This state without the readings of an analyte that can change no alert any more.
     *
     * @param time since when they matter, besides the latest
     */
    public PatientState keptFrom(AnalyteHistory history, Instant time) {
        AnalyteHistory kept = history.keptFrom(time);
        if (kept.readings().size() == history.readings().size()) {
            return this;
        }
        List<AnalyteHistory> all = new ArrayList<>(histories);
        all.replaceAll(each -> each.codings().equals(history.codings()) ? kept : each);
        return with(all, withdrawals);
    }

    /** The withdrawal of an Observation; null if none is remembered. */
    public @Nullable Withdrawal withdrawal(ObservationIdentity identity) {
        if (withdrawals.isEmpty()) {
            return null;
        }
        long digest = identity.digest();
        for (Withdrawal withdrawal : withdrawals) {
            if (withdrawal.digest() == digest) {
                return withdrawal;
            }
        }
        return null;
    }

    /** This state with one more withdrawal; those that are too old, or too many, are forgotten. */
    public PatientState with(Withdrawal withdrawal) {
        LocalDate oldest = withdrawal.day().minusDays(WITHDRAWN_DAYS);
        List<Withdrawal> all = new ArrayList<>(withdrawals);
        all.removeIf(each -> each.digest() == withdrawal.digest() || each.day().isBefore(oldest));
        all.add(withdrawal);
        return with(histories, all.subList(Math.max(0, all.size() - MOST_WITHDRAWALS), all.size()));
    }

    /** This state without a withdrawal that a later version of its Observation revoked. */
    public PatientState without(Withdrawal withdrawal) {
        return with(
                histories,
                withdrawals.stream().filter(each -> !each.equals(withdrawal)).toList());
    }

    /** This state without the episodes that ended before a time; the same state if there are none. */
    public Forgotten forgetEnded(Instant before) {
        List<Episode> ended = new ArrayList<>(0);
        for (Episode episode : episodes) {
            if (hasEnded(episode, before)) {
                ended.add(episode);
            }
        }
        if (ended.isEmpty()) {
            return new Forgotten(this, ended);
        }
        ended.sort(Comparator.comparing(Episode::endedAt));
        List<Episode> kept = new ArrayList<>(episodes);
        kept.removeAll(ended);
        List<ForgottenAlert> known = new ArrayList<>(forgottenAlerts);
        for (Episode episode : ended) {
            known.removeIf(alert -> alert.is(episode.alertId()));
            known.add(ForgottenAlert.of(episode));
        }
        int surplus = Math.max(0, known.size() - MOST_FORGOTTEN_ALERTS);
        return new Forgotten(of(heardOn, birthDate, gender, kept, known.subList(surplus, known.size())), ended);
    }

    private static boolean hasEnded(Episode episode, Instant before) {
        return episode.endedAt() != null && episode.endedAt().isBefore(before);
    }

    /** The same state if the Patient adds nothing new; a later Patient without a value does not erase it. */
    public PatientState learn(Patient patient) {
        LocalDate birth = patient.birthDate() == null ? birthDate : patient.birthDate();
        String sex = patient.gender() == null ? gender : patient.gender();
        PatientState learned = of(heardOn, birth, sex, episodes, forgottenAlerts);
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

    /** The most recently ended episode of a rule and analyte. */
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

    /** What is kept of an alert whose episode was forgotten; null if nothing is. */
    @Nullable
    public ForgottenAlert forgotten(String alertId) {
        for (ForgottenAlert alert : forgottenAlerts) {
            if (alert.is(alertId)) {
                return alert;
            }
        }
        return null;
    }

    /** This state with an episode replacing the one with the same id, or appended. */
    public PatientState with(Episode changed) {
        List<Episode> all = new ArrayList<>(episodes);
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).alertId().equals(changed.alertId())) {
                all.set(i, changed);
                return of(heardOn, birthDate, gender, all, forgottenAlerts);
            }
        }
        all.add(changed);
        return of(heardOn, birthDate, gender, all, forgottenAlerts);
    }

    /** Hides the content: this may end up in a log. */
    @Override
    public String toString() {
        return "PatientState[hidden]";
    }
}
