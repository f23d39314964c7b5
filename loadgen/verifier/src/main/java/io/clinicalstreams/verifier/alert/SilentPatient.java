package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.rule.SilenceRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the facts about one patient tell under one rule of kind silence: the naive way, one after the other. */
final class SilentPatient {

    /**
     * One version of an alert.
     *
     * @param at when its finding became true
     * @param opening the identity of the reading after which nothing came, or of the Encounter
     * @param latest the identity of the reading that ended it, else that of the opening
     * @param criterion what it says: the interval, or why it ended
     */
    record Told(
            String id, int version, String transition, Instant at, String opening, String latest, String criterion) {

        /** Hides the patient: this text may be logged. */
        @Override
        public String toString() {
            return "Told[hidden]";
        }
    }

    /** The lane remembers as many. */
    private static final int MOST_STAYS = 4;

    /** What a silence counts from. */
    private record Heard(String identity, Instant time, Instant at, boolean isAdmission) {

        /** What gives the alert its id: an Encounter may be several admissions. */
        String opening() {
            return isAdmission ? identity + ' ' + at : identity;
        }
    }

    private final String patient;
    private final SilenceRule rule;
    private final List<Told> told = new ArrayList<>();
    private final Set<String> identities = new HashSet<>();
    private final Map<String, Fact.Stay> stays = new HashMap<>();
    private @Nullable LocalDate birth;
    private @Nullable Heard reading;
    private @Nullable Heard admission;
    private @Nullable Told open;
    private @Nullable Heard silentAfter;
    private final Set<String> possibleIds = new HashSet<>();
    private boolean certain = true;

    SilentPatient(String patient, SilenceRule rule) {
        this.patient = patient;
        this.rule = rule;
    }

    /** All versions of all alerts so far, in order. */
    List<Told> told() {
        return List.copyOf(told);
    }

    /** Of every alert that these facts can give, whatever their order. */
    Set<String> possibleIds() {
        return Set.copyOf(possibleIds);
    }

    /** False when corrections or limits leave it open. */
    boolean certain() {
        return certain;
    }

    void doubt() {
        certain = false;
    }

    void take(Fact fact) {
        certain &= fact.certain();
        until(fact.at());
        if (fact instanceof Fact.Introduced introduced) {
            birth = introduced.birthDate();
            // An open alert may end by it.
            certain &= open == null;
        } else if (fact instanceof Fact.Stay stay) {
            take(stay);
        } else if (fact instanceof Fact.Observed observed) {
            take(observed);
        }
    }

    private void take(Fact.Observed observed) {
        boolean isFirst = identities.add(observed.identity());
        if (!rule.isAbout(observed)) {
            return;
        }
        possibleIds.add(alertId(observed.identity()));
        certain &= isFirst && !observed.isWithdrawn();
        if (!rule.hears(observed)) {
            return;
        }
        Instant time = Objects.requireNonNull(observed.time());
        Instant order = time.isAfter(observed.at()) ? observed.at() : time;
        if (reading != null && order.isBefore(reading.time())) {
            return;
        }
        certain &= rule.terms().isForAge(birth, time);
        reading = new Heard(observed.identity(), order, observed.at(), false);
        if (open != null) {
            tell("resolved", observed.at(), observed.identity(), rule.interval().toString());
            open = null;
        }
    }

    private void take(Fact.Stay stay) {
        possibleIds.add(alertId(stay.id() + ' ' + stay.at()));
        Fact.Stay known = stays.get(stay.id());
        if (known == null ? !stay.admits() : known.against(stay) > 0) {
            return;
        }
        stays.put(stay.id(), stay);
        certain &= stays.size() <= MOST_STAYS;
        boolean isPresent = stays.values().stream().anyMatch(Fact.Stay::isPresent);
        if (!isPresent) {
            admission = null;
            if (rule.whileAdmitted() && open != null) {
                tell("ended", stay.at(), open.latest(), "discharged");
                open = null;
            }
        } else if (admission == null) {
            admission = new Heard(stay.id(), stay.at(), stay.at(), true);
        }
    }

    /** Goes on to a time of the log. */
    void until(Instant now) {
        while (true) {
            Heard last = last();
            Instant due = last == null ? null : last.at().plus(rule.interval());
            if (open == null && last != null && due != null && !now.isBefore(due) && !last.equals(silentAfter)) {
                String id = alertId(last.opening());
                possibleIds.add(id);
                open = new Told(
                        id,
                        1,
                        "raised",
                        due,
                        last.identity(),
                        last.identity(),
                        rule.interval().toString());
                told.add(open);
                silentAfter = last;
            } else if (open != null && !now.isBefore(end(open))) {
                tell("ended", end(open), open.latest(), "not-measured");
                open = null;
            } else {
                return;
            }
        }
    }

    private String alertId(String opening) {
        return Watch.alertId(patient, rule.id(), opening, null);
    }

    /** Null if the patient is not watched. */
    private @Nullable Heard last() {
        if (!rule.whileAdmitted()) {
            return reading;
        }
        return admission == null || (reading != null && !reading.at().isBefore(admission.at()))
                ? (admission == null ? null : reading)
                : admission;
    }

    private Instant end(Told raised) {
        return raised.at().plus(rule.patience()).truncatedTo(ChronoUnit.MILLIS);
    }

    private void tell(String transition, Instant at, String latest, String criterion) {
        Told before = Objects.requireNonNull(open);
        told.add(new Told(before.id(), before.version() + 1, transition, at, before.opening(), latest, criterion));
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "SilentPatient[hidden]";
    }
}
