package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.rule.Grade;
import io.clinicalstreams.verifier.rule.OracleRule;
import io.clinicalstreams.verifier.rule.RuleResult;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One patient's history under one rule so far. The naive way: a list of incidents, searched for each finding.
 *
 * @param birth the birth date, null until known
 * @param doubtful whether something cannot be known from outside
 */
record History(@Nullable LocalDate birth, List<Incident> incidents, Remembered remembered, boolean doubtful) {

    static final History NONE = new History(null, List.of(), Remembered.NOTHING, false);

    /** So long it is remembered that an Observation was withdrawn, or a few days longer. */
    private static final Duration SURELY_WITHDRAWN = Duration.ofDays(29);

    History {
        incidents = List.copyOf(incidents);
    }

    /** An open incident ends when its rule turns out not to apply; then all that is kept is judged again. */
    History after(Fact.Introduced introduced, Watch watch) {
        if (introduced.birthDate().equals(birth)) {
            return this;
        }
        History known = new History(introduced.birthDate(), incidents, remembered, doubtful);
        Incident open = open();
        Instant at = introduced.at();
        History looked = open == null || known.isOfAge(open.latest().time(), watch.rule())
                ? known
                : known.with(open.then("ended", at));
        return looked.unlessForgotten(at, null, watch, history -> history.judgedAgain(null, at, watch));
    }

    /** The history at a time of the log: an open incident with no input for too long has ended. */
    History until(Instant now, Watch watch) {
        Incident open = open();
        return open == null || now.isBefore(open.due(watch)) ? this : with(open.then("ended", open.due(watch)));
    }

    /** @param now its readings that are kept, judged as of its input */
    History after(Fact.Observed observed, List<Kept> now, Watch watch) {
        return unlessForgotten(observed.at(), observed.identity(), watch, history -> {
            History next = history.follow(observed, now, watch);
            return next.remembering(next.remembered.limited());
        });
    }

    private History follow(Fact.Observed observed, List<Kept> now, Watch watch) {
        String identity = observed.identity();
        Fact.Observed earlier = remembered.version(identity);
        Fact.Observed taken = remembered.withdrawn().get(identity);
        if (earlier != null && observed.against(earlier) < 0) {
            return this;
        }
        if (taken != null && isAnswered(observed, taken)) {
            boolean isSure = observed.at().isBefore(taken.at().plus(SURELY_WITHDRAWN)) && !watch.forgetsVersions();
            History next = observed.isWithdrawn() ? remembering(remembered.withdrawing(observed)) : this;
            return isSure ? next : next.doubted();
        }
        if (observed.isWithdrawn()) {
            return withdrawn(observed, watch);
        }
        History next = earlier == null
                ? remembering(remembered.reinstating(identity)).followed(now, watch)
                : corrected(observed, earlier, watch);
        boolean isUnusable = (earlier != null || taken != null)
                && next.remembered.of(identity).isEmpty();
        return isUnusable ? next.remembering(next.remembered.withdrawing(observed)) : next;
    }

    /** Whether a version has no effect after one that was withdrawn, or that had no usable result. */
    private static boolean isAnswered(Fact.Observed observed, Fact.Observed taken) {
        return taken.isWithdrawn()
                ? observed.isWithdrawn() || observed.against(taken) <= 0
                : observed.against(taken) < 0;
    }

    private History followed(List<Kept> now, Watch watch) {
        History next = this;
        for (Kept reading : now) {
            if (!reading.isAbout()) {
                next = next.remembering(next.remembered.with(reading));
            } else if (next.keeps(reading)) {
                RuleResult result = reading.result();
                boolean opens = next.open() == null && result != null && result.grade() != null;
                boolean isLate = next.remembered.isLate(reading, opens);
                next = next.remembering(next.remembered.with(reading));
                if (result != null && isOfAge(reading.time(), watch.rule())) {
                    next = isLate ? next.late(reading, result, watch) : next.inOrder(reading, result, watch);
                }
            }
        }
        return next;
    }

    private boolean keeps(Kept reading) {
        return reading.whether() != Kept.Whether.WHILE_OPEN || open() != null;
    }

    /** It replaces the earlier version, as of its input if it can have been true by then. */
    private History corrected(Fact.Observed observed, Fact.Observed earlier, Watch watch) {
        String identity = observed.identity();
        Fact.Observed first = observed.asOf(earlier.at());
        List<Kept> now = watch.readings(RuleResult.isFuture(first) ? observed : first).stream()
                .filter(this::keeps)
                .toList();
        History replaced = remembering(remembered.with(now, identity));
        if (areSame(remembered.of(identity), now)) {
            return observed.against(earlier) > 0 ? replaced : this;
        }
        boolean isBehind = isBehind(identity) || replaced.isBehind(identity);
        return isBehind ? replaced.judgedAgain(identity, observed.at(), watch) : replaced;
    }

    private static boolean areSame(List<Kept> some, List<Kept> others) {
        Comparator<Kept> byList = Comparator.comparing(kept -> kept.list().toString());
        Iterator<Kept> other = others.stream().sorted(byList).iterator();
        return some.size() == others.size() && some.stream().sorted(byList).allMatch(kept -> kept.isSame(other.next()));
    }

    /** Whether an Observation is, or may be, behind an incident. */
    private boolean isBehind(String identity) {
        return remembered.isAbout(identity) || incidents.stream().anyMatch(incident -> incident.names(identity));
    }

    private History withdrawn(Fact.Observed observed, Watch watch) {
        String identity = observed.identity();
        History next = remembering(remembered.withdrawing(observed));
        return isBehind(identity) ? next.judgedAgain(identity, observed.at(), watch) : next;
    }

    private History inOrder(Kept reading, RuleResult result, Watch watch) {
        Incident open = open();
        if (open != null) {
            return with(continued(open, reading, result, watch.rule()));
        }
        Grade met = result.grade();
        if (met == null || result.judgedBy().stream().anyMatch(limit -> isOfAge(reading.time(), limit))) {
            return this;
        }
        Instant at = reading.observed().at();
        Incident last = endedLast();
        return last != null && !last.isRetracted() && isRecent(last, at, watch.rule())
                ? with(last.back("reopened", reading, met, watch.rule()))
                : begunAnew(Told.openedBy(reading, met), at, watch);
    }

    private static Incident continued(Incident open, Kept reading, RuleResult result, OracleRule rule) {
        Grade met = result.grade();
        int rise = met == null ? -1 : met.compareTo(open.grade());
        if (met != null && rise > 0) {
            return open.back("escalated", reading, met, rule);
        }
        if (rise == 0 && open.isConfirmedBy(reading)) {
            return open.updated("confirmed", reading, open.grade(), rule);
        }
        if (met == null && !result.clear()) {
            return open.seeing(reading, rule);
        }
        if (met != null && rise < 0 && result.graverIsOpen()) {
            return open;
        }
        if (rise < 0 && reading.isPreliminary()) {
            return open.seeing(reading, rule);
        }
        if (met == null) {
            return open.resolved(reading, rule);
        }
        if (rise < 0) {
            return open.updated("lowered", reading, met, rule);
        }
        boolean cool = !reading.observed().at().isBefore(open.notified().plus(rule.coolDown()));
        return cool ? open.back("repeated", reading, met, rule) : open.seeing(reading, rule);
    }

    /** A late reading changes what an open alert shows next, and begins one if no newer reading has answered it. */
    private History late(Kept reading, RuleResult result, Watch watch) {
        Incident open = open();
        if (open != null && result.grade() != null && open.isConfirmedBy(reading)) {
            Incident confirmed = open.updated("confirmed", reading, open.grade(), watch.rule());
            return with(confirmed.seenBefore(open.latest()));
        }
        List<Told> told = told(null, watch);
        Told last = told.isEmpty() ? null : told.get(told.size() - 1);
        if (last == null || last.ended()) {
            return this;
        }
        return open == null
                ? begun(last, reading.observed().at(), watch)
                : with(open.as(last).graded(open.grade()));
    }

    /**
     * Compares the alerts with what the kept readings tell after something changed.
     *
     * @param changed the identity of the Observation that was; null if it was the birth date
     */
    private History judgedAgain(@Nullable String changed, Instant at, Watch watch) {
        List<Told> told = told(changed, watch);
        Told last = told.isEmpty() ? null : told.get(told.size() - 1);
        Incident open = open();
        History next = this;
        if (open != null) {
            next = with(judgedAgain(open, told, changed, at, watch.rule()));
        } else if (last != null && !last.ended()) {
            next = begun(last, at, watch);
        }
        for (Incident ended : incidents) {
            boolean isBehind = changed != null && !ended.isOpen() && !ended.isRetracted() && ended.names(changed);
            if (isBehind && next.incidents.contains(ended)) {
                next = next.settled(ended, told, at, watch);
            }
        }
        return next;
    }

    private static Incident judgedAgain(
            Incident open, List<Told> told, @Nullable String changed, Instant at, OracleRule rule) {
        Told last = told.isEmpty() ? null : told.get(told.size() - 1);
        if (last == null || last.ended()) {
            Told same = Told.of(open, told);
            return changed == null
                    ? open.then("ended", at)
                    : same == null ? open.then("retracted", at) : open.as(same).then("resolved", at);
        }
        if (last.isSame(open)) {
            return open;
        }
        return last.confirms(open) ? open.as(last).then("confirmed", null) : open.revised(last, at, rule);
    }

    private History settled(Incident ended, List<Told> told, Instant at, Watch watch) {
        Told same = Told.of(ended, told);
        Incident now = ended;
        if (same == null) {
            now = ended.then("retracted", ended.end());
        } else if (same.ended() && !same.isSame(ended)) {
            now = ended.revised(same, at, watch.rule());
        }
        boolean isRemembered = at.isBefore(ended.end().plus(watch.lookBack()));
        return now.equals(ended) || isRemembered ? with(now) : with(now).doubted();
    }

    /** Raises or reopens the alert of an incident that is told, unless it is too old to be news. */
    private History begun(Told told, Instant at, Watch watch) {
        if (told.decidedBy().time().isBefore(at.minus(watch.rule().maxAge()))) {
            return this;
        }
        Incident last = endedLast();
        return last != null && !last.isRetracted() && (isRecent(last, at, watch.rule()) || told.isOf(last))
                ? with(last.backBy(told, at, watch.rule()))
                : begunAnew(told, at, watch);
    }

    private History begunAnew(Told told, Instant at, Watch watch) {
        String id = watch.alertId(told.opening().identity());
        for (Incident incident : incidents) {
            if (incident.id().equals(id)) {
                return with(incident.backBy(told, at, watch.rule()));
            }
        }
        return with(Incident.raised(id, told, at));
    }

    private @Nullable Incident open() {
        return incidents.stream().filter(Incident::isOpen).findFirst().orElse(null);
    }

    private @Nullable Incident endedLast() {
        return incidents.stream()
                .filter(incident -> !incident.isOpen())
                .reduce((one, other) -> other.end().isBefore(one.end()) ? one : other)
                .orElse(null);
    }

    private static boolean isRecent(Incident ended, Instant at, OracleRule rule) {
        return at.isBefore(ended.end().plus(rule.coolDown()));
    }

    /** An alert whose opening reading is not kept any more was open before those that are. */
    private List<Told> told(@Nullable String changed, Watch watch) {
        Incident open = open();
        List<Kept> readings = remembered.about();
        Told before = null;
        if (open != null
                && !remembered.isAbout(open.opening().identity())
                && !open.opening().identity().equals(changed)
                && (readings.isEmpty()
                        || !open.opening().time().isAfter(readings.get(0).time()))) {
            before = Told.asItWas(open, changed);
        }
        return Told.by(readings, before, watch.rule(), this::isOfAge);
    }

    private boolean isOfAge(Instant time, OracleRule rule) {
        return rule.terms().isForAge(birth, time);
    }

    /**
     * Readings are forgotten when neither a rule nor a remembered alert looks back to them, which depends on other rules
     * and on when idle patients are looked at. So it must make no difference whether those that may be are.
     *
     * @param changed the identity of the Observation that came; null if none did
     */
    private History unlessForgotten(Instant at, @Nullable String changed, Watch watch, UnaryOperator<History> change) {
        Instant since = incidents.stream()
                .filter(incident ->
                        incident.isOpen() || at.isBefore(incident.end().plus(watch.lookBack())))
                .map(incident -> incident.opening().order())
                .reduce(at.minus(watch.rule().maxAge()), (one, other) -> other.isBefore(one) ? other : one);
        History all = change.apply(this);
        Remembered surely = remembered.since(since, at.minus(watch.shortestLookBack()));
        if (surely.readings().size() == remembered.readings().size()) {
            return all;
        }
        History other = change.apply(remembering(surely));
        List<Kept> now = changed == null ? List.of() : other.remembered.of(changed);
        boolean isCertain = all.incidents.equals(other.incidents)
                && (now.isEmpty() || changed == null || now.equals(all.remembered.of(changed)));
        return isCertain ? all : all.doubted();
    }

    private History with(Incident changed) {
        List<Incident> all = new ArrayList<>(incidents);
        all.replaceAll(incident -> incident.id().equals(changed.id()) ? changed : incident);
        if (!all.contains(changed)) {
            all.add(changed);
        }
        return new History(birth, all, remembered, doubtful);
    }

    private History remembering(Remembered now) {
        return new History(birth, incidents, now, doubtful);
    }

    private History doubted() {
        return new History(birth, incidents, remembered, true);
    }

    /** Hides the patient: this text may be logged. */
    @Override
    public String toString() {
        return "History[hidden]";
    }
}
