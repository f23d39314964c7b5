package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Encounter;
import io.clinicalstreams.pipeline.domain.observation.NotEvaluated;
import io.clinicalstreams.pipeline.domain.observation.Observation;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.Patient;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.domain.observation.VersionOrder;
import io.clinicalstreams.pipeline.domain.rule.Assessment;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates Observations against the rules. A pure function: no clock, no randomness, exact decimals.
 *
 * <p><b>Which rules.</b> Each measurement (the Observation's own, then its components, in order) is evaluated once by
 * each rule that listens to one of its codings, with equal system and code, or to all codes, and that it
 * {@linkplain Rule#concerns concerns}. Rules for some codes come first, then rules for all codes, each in order of rule
 * id. If no measurement concerns a rule: {@code no-rule}, once.
 *
 * <p><b>What is not evaluated.</b> For one measurement and one rule, the first of these applies. Status
 * entered-in-error or cancelled: {@code withdrawn}. Status registered or unknown: {@code status}. A modifierExtension
 * of the Observation or the component: {@code modifier-extension}. No result: {@code no-value}. No clinical time (below)
 * that is known to the day: {@code time-unknown}. The later of clinical time and issued is more than 5 minutes after the
 * input time: {@code future}; more than the rule's max-age before it: {@code stale}. Birth date known, and the patient's
 * age in completed years on the UTC day of the clinical time is outside the rule's band: {@code age}. Then the reasons of
 * the rule's kind. A measurement reports at most one reason: that of its first rule that has one, and {@code age} only if
 * all its rules report it.
 *
 * <p><b>Level.</b> The rule's kind determines the level of a reading, if any, and whether it is clear:
 * {@link Assessment}.
 *
 * <p><b>Clinical time</b> of a reading: effective, else issued. An effective day or period means its end if it is over at
 * the input time, the input time while it lasts, and its start before it begins. An effective month or year proves
 * nothing: then the time it was issued counts, if it is within them. A reading is <i>late</i> if its clinical time is
 * before that of another reading of the rule's analyte. One whose clock was ahead of its input counts as of its input. It
 * may have been true up to 5 minutes before its clinical time, so a later one that begins an episode is late only if it
 * is older than that: a wrong clock must not silence a later reading.
 *
 * <p><b>Late readings.</b> One that no newer reading has answered, by being at a level or clear, begins an episode as any
 * other would. Else it causes no transition: suppressed, {@code out-of-order}, if an episode is open or it has a level.
 * An open episode's opening and worst reading may become a late one.
 *
 * <p><b>The patient has an open episode of the rule</b> (and of the reading's analyte, if the rule has an episode for
 * each). The first of these applies:
 *
 * <ol>
 *   <li>level above the episode's severity: {@code escalated}, even in the cool-down; {@code recurred}, if
 *       this level or a higher one was paged less than a cool-down ago;
 *   <li>no level and not clear: suppressed, {@code hysteresis};
 *   <li>level below the episode's severity, but a more severe level is undecided: not evaluated,
 *       {@code comparator-undecided};
 *   <li>clear, or level below the episode's severity, and the reading is preliminary: suppressed, {@code preliminary};
 *   <li>clear: {@code resolved};
 *   <li>level below the episode's severity: {@code lowered};
 *   <li>level equal to the episode's severity, input time at least the cool-down after the last page: {@code repeated};
 *   <li>else suppressed, {@code cool-down}.
 * </ol>
 *
 * <p><b>Pages</b> are raised, reopened, repeated and escalated; the other transitions are updates. So a value that
 * alternates around a limit pages once in a cool-down, and once more for each higher level that it reaches. Between
 * pages the alert still says what is true: it is {@code resolved}, {@code lowered} and {@code recurred}.
 *
 * <p><b>No such episode is open.</b> A reading without a level changes nothing. Else the first of these applies:
 *
 * <ol>
 *   <li>input time less than the cool-down after that end: {@code reopened}, same alert id; {@code recurred}, if this
 *       level or a higher one was paged less than a cool-down ago;
 *   <li>the Observation gives the alert id of an ended episode that is still remembered: that one is {@code reopened};
 *   <li>it gives the id of a forgotten episode whose version is still known: a new episode begins, also
 *       {@code reopened}, and continues the version numbers;
 *   <li>else {@code raised}, version 1; preliminary if the reading is.
 * </ol>
 *
 * Every other transition adds 1 to the version. A suppressed reading of an open episode adds 1 to its
 * {@code suppressed}. A reading that is not late becomes the episode's {@code latest}; one with a level becomes
 * {@code worst} if it is more extreme, or if it escalates and the two cannot be compared. The severity after a
 * transition is the reading's level; resolved keeps the previous one.
 *
 * <p><b>Versions of an Observation.</b> {@link VersionOrder} tells which is the later one. One that came before:
 * suppressed, {@code duplicate}, or {@code superseded} by a later one. A later one replaces the earlier, as if it had come
 * in its place, also if its result cannot be used, and entered-in-error or cancelled withdraws it, also if it comes only
 * afterwards; then it is {@code withdrawn}. The kept readings of each rule that is concerned are gone through again in the order of their
 * clinical time, and the alert is compared with what they tell: severity, opening, latest and worst reading.
 *
 * <ol>
 *   <li>It is open, and so is the episode they tell: {@code confirmed}, if its preliminary opening reading is final now
 *       and the severity is the same; {@code revised}, if it differs, which is a page if the severity rises above the
 *       last page's; else suppressed, {@code unchanged};
 *   <li>it is open, and they tell of its end: {@code resolved};
 *   <li>it is open or ended, and they do not tell of it: {@code retracted}, and not reopened by another finding;
 *   <li>it ended, was not retracted, and another severity or reading is behind it: {@code revised};
 *   <li>none is open, but an episode is told that is not older than the rule's max-age: raised, reopened or
 *       {@code recurred}, as above; the last alert goes on, whenever it ended, if the episode is of its time.
 * </ol>
 *
 * The severity is then what the readings tell, also of {@code resolved}.
 *
 * <p><b>Birth dates and rules.</b> When a birth date is learned or changed, all rules go through their kept readings
 * again, and when rules change, those with open episodes. An episode that the readings do not tell any more ends
 * ({@code age}, {@code rule-changed}); one that differs is {@code revised}.
 *
 * <p><b>Ended without a reading.</b> An open episode also ends, with a reason, when no reading can be expected to end it:
 * its rule was removed ({@code rule-removed}), or changed between one episode for all analytes and one for each
 * ({@code rule-changed}); the rule does not apply at the patient's age, by a birth date that came later ({@code age});
 * or {@linkplain Rule#endOf nothing was measured for long} by the log's time ({@code not-measured}; {@code age} if the
 * patient has outgrown the rule by then). A later reading that meets a level pages as after any other end.
 *
 * <p><b>Silence.</b> A patient is watched by a rule of this kind from a reading that it evaluates and that is not late, or from
 * admission to discharge by Encounter. If by the log's time its interval has passed since that reading came, or since the
 * admission, whichever is later, an alert is {@code raised} as of then, with that reading as its evidence, or the
 * Encounter. Each silence is an alert of its own. The next such reading makes it {@code resolved}, a preliminary one too;
 * a late one is suppressed, {@code out-of-order}. It also ends at discharge ({@code discharged}), or if a longer interval of
 * a changed rule has not passed ({@code rule-changed}). No correction revises it, but if the reading that resolved it
 * is withdrawn, it is {@code reopened}.
 *
 * <p><b>Admission.</b> A patient is in hospital by an Encounter whose class is a stay and whose status says that the
 * patient is there; an earlier version of it changes nothing, a status that is unknown neither. Stays that overlap are one.
 *
 * <p><b>Duplicates.</b> If another Patient replaces this one, its open episodes end ({@code moved}), and its readings,
 * stays and open episodes move there, where the episodes go on ({@code continued}). If one of the same rule and analyte is
 * open there, that one goes on, as the more severe of both. The merge itself lowers and resolves nothing: not all readings
 * behind an open episode are kept. The next reading does, or a correction, a changed rule or another birth date, as above; readings
 * of the other Patient that the episode has outlived do not count then. By the birth date of both, an episode may end
 * ({@code age}), and another rule raise one. An episode of silence does not go on: whether there is one follows from the
 * readings and stays of both. Later Observations and Encounters go there too. The latest version of the Patient decides:
 * when it has no such link any more, the patient starts afresh, and what moved stays where it is.
 *
 * <p><b>Patients.</b> Birth date and sex come from the last Patient that had them: a Patient without them does not
 * erase them.
 */
public record Evaluator(UnitConversion units) {

    /**
     * @param inputTime when the input first arrived
     * @param coordinates where the input was first read: its identity if it has no other
     */
    public Evaluation evaluate(
            PatientState state,
            PatientKey patient,
            Observation observation,
            Instant inputTime,
            String coordinates,
            RuleBook rules) {
        return evaluate(state, patient, observation, inputTime, coordinates, Hop.ONWARD, rules);
    }

    /** @param hop whether it goes on to a Patient that replaces this one */
    public Evaluation evaluate(
            PatientState state,
            PatientKey patient,
            Observation observation,
            Instant inputTime,
            String coordinates,
            Hop hop,
            RuleBook rules) {
        Findings findings = new Findings(state);
        if (isForwarded(state, hop, findings)) {
            return findings.evaluation();
        }
        new Merging(patient, inputTime, rules, units, findings).arrived(hop);
        ObservationIdentity identity = ObservationIdentity.of(observation, coordinates);
        new ObservationInput(patient, observation, identity, inputTime, new Assessor(rules, units), findings)
                .evaluate();
        if (findings.hasAlerts()) {
            findings.keep(findings.state().judgedWith(rules.digest()));
        }
        return findings.evaluation();
    }

    /**
     * Adds a Patient resource's data to a state, judges its alerts again if that changes a birth date, and moves it if
     * another Patient replaces this one.
     */
    public Evaluation learn(PatientState state, PatientKey key, Patient patient, Instant inputTime, RuleBook rules) {
        PatientLink link = patient.link();
        PatientLink latest = state.link();
        if (link != null && latest != null) {
            boolean linked = link.replacedBy() != null || latest.replacedBy() != null;
            if (linked && (link.isBefore(latest) || link.isSilentAfter(latest))) {
                return unchanged(state, MergeEvent.SUPERSEDED);
            }
            link = link.after(latest);
        }
        PatientKey replacedBy = link == null ? state.replacedBy() : link.replacedBy();
        if (replacedBy != null && !replacedBy.equals(key)) {
            if (link == null) {
                return unchanged(state, MergeEvent.TARGET_UNKNOWN);
            }
            Findings findings = new Findings(state.replacedBy() == null ? state.learn(patient) : state);
            new Merging(key, inputTime, rules, units, findings).moveTo(replacedBy, link);
            return findings.evaluation();
        }
        PatientLink kept = null;
        if (link != null && (latest == null ? link.hasVersion() : !link.isBefore(latest))) {
            kept = link.ended();
        }
        PatientState learned = (kept == null ? state : state.with(kept)).learn(patient);
        Findings findings = new Findings(learned);
        if (link == null) {
            findings.merge(MergeEvent.TARGET_UNKNOWN);
        } else if (state.replacedBy() != null) {
            findings.merge(MergeEvent.TAKEN_BACK);
        }
        if (patient.birthDateUnreadable()) {
            findings.notEvaluated(Unevaluated.because(NotEvaluated.BIRTH_DATE_UNREADABLE));
        }
        review(key, inputTime, rules, findings);
        if (!Objects.equals(state.birthDate(), learned.birthDate())) {
            Set<AlertTarget> all = new LinkedHashSet<>();
            learned.histories().forEach(history -> all.addAll(AlertTarget.of(history, rules)));
            settle(all, Revision.Cause.BIRTH_DATE, key, inputTime, rules, findings);
        }
        return findings.evaluation();
    }

    private static boolean isForwarded(PatientState state, Hop hop, Findings findings) {
        PatientKey next = state.replacedBy();
        if (next == null || hop != Hop.ONWARD) {
            return false;
        }
        findings.forward(new Forward.Input(next));
        return true;
    }

    private static Evaluation unchanged(PatientState state, MergeEvent event) {
        return new Evaluation(state, List.of(), List.of(), List.of(), List.of(event), null);
    }

    /**
     * Takes over the state of a duplicate, whose open alerts go on here. If this Patient is itself replaced by another,
     * the state goes on there.
     *
     * @param from the duplicate's key
     * @param hop whether it goes on to a Patient that replaces this one
     */
    public Evaluation takeOver(
            PatientState state,
            PatientKey key,
            PatientKey from,
            PatientState moving,
            Hop hop,
            Instant inputTime,
            RuleBook rules) {
        Findings findings = new Findings(state);
        PatientKey next = state.replacedBy();
        if (next != null && hop == Hop.ONWARD) {
            findings.forward(new Forward.State(next, from, moving));
            return findings.evaluation();
        }
        Merging merging = new Merging(key, inputTime, rules, units, findings);
        merging.arrived(hop);
        merging.join(moving);
        Assessor assessor = new Assessor(rules, units);
        for (AnalyteHistory history : findings.state().histories()) {
            Instant since = assessor.since(history, findings.state(), inputTime);
            findings.keep(findings.state().keptFrom(history, since));
        }
        settle(ofAnotherAge(findings.state(), rules), Revision.Cause.BIRTH_DATE, key, inputTime, rules, findings);
        boolean wasJudged = moving.episodes().isEmpty() || moving.judgedWith() == rules.digest();
        findings.keep(findings.state().judgedWith(wasJudged ? rules.digest() : 0));
        return findings.evaluation();
    }

    /** Of the readings of open alerts to which their rule does not apply by the birth date of both: another rule may. */
    private static Set<AlertTarget> ofAnotherAge(PatientState state, RuleBook rules) {
        Set<AlertTarget> all = new LinkedHashSet<>();
        Set<AlertTarget> open = new HashSet<>();
        for (Episode episode : state.episodes()) {
            if (episode.isOpen() && Ending.isByAge(episode, state, rules)) {
                open.add(AlertTarget.of(episode));
            }
        }
        for (AnalyteHistory history : open.isEmpty() ? List.<AnalyteHistory>of() : state.histories()) {
            Set<AlertTarget> targets = AlertTarget.of(history, rules);
            if (!Collections.disjoint(targets, open)) {
                all.addAll(targets);
            }
        }
        return all;
    }

    /**
     * Adds an Encounter to a state, and ends what its discharge ends.
     *
     * @param hop whether it goes on to a Patient that replaces this one
     * @param inputTime when the input first arrived
     */
    public Evaluation admit(
            PatientState state, PatientKey patient, Encounter encounter, Hop hop, Instant inputTime, RuleBook rules) {
        Findings findings = new Findings(state);
        if (isForwarded(state, hop, findings)) {
            return findings.evaluation();
        }
        new Merging(patient, inputTime, rules, units, findings).arrived(hop);
        findings.keep(findings.state().with(encounter, inputTime));
        review(patient, inputTime, rules, findings);
        return findings.evaluation();
    }

    /**
     * Raises silences that are due, ends open episodes that no reading can be expected to end, and judges open episodes
     * by rules that changed. Call before each evaluation: what is due by then must not depend on when idle patients are
     * looked at.
     *
     * @param now the log's time
     */
    public Evaluation review(PatientState state, PatientKey patient, Instant now, RuleBook rules) {
        Findings findings = new Findings(state);
        review(patient, now, rules, findings);
        return findings.evaluation();
    }

    private void review(PatientKey patient, Instant now, RuleBook rules, Findings findings) {
        PatientState state = findings.state();
        for (Alert due = due(patient, now, rules, findings.state());
                due != null;
                due = due(patient, now, rules, findings.state())) {
            findings.alert(due);
        }
        if (!rules.watchesAdmissions() && !findings.state().stays().isEmpty()) {
            findings.keep(findings.state().with(List.of()));
        }
        if (state.judgedWith() != rules.digest()) {
            Set<AlertTarget> open = new LinkedHashSet<>();
            findings.state().episodes().stream()
                    .filter(episode -> episode.isOpen() && AlertTarget.isTold(rules.rule(episode.ruleId())))
                    .forEach(episode -> open.add(AlertTarget.of(episode)));
            if (!open.isEmpty()) {
                settle(open, Revision.Cause.RULES_CHANGED, patient, now, rules, findings);
                findings.keep(findings.state().judgedWith(rules.digest()));
            }
        }
    }

    /** What is due first: the end of an episode, or a silence; null if nothing is. */
    private static @Nullable Alert due(PatientKey patient, Instant now, RuleBook rules, PatientState state) {
        Alert first = null;
        for (Silence rule : rules.silences()) {
            WatchedPatient watched = WatchedPatient.of(rule, state);
            if (watched != null && !now.isBefore(watched.due()) && !watched.isTold(state)) {
                first = earlier(first, watched.alert(patient, state));
            }
        }
        for (Episode episode : state.episodes()) {
            Ending ending = episode.isOpen() ? Ending.of(episode, state, rules, now) : null;
            if (ending != null && (first == null || ending.at().isBefore(first.at()))) {
                first = ending.alert(patient);
            }
        }
        return first;
    }

    private static @Nullable Alert earlier(@Nullable Alert one, @Nullable Alert other) {
        return one == null || (other != null && other.at().isBefore(one.at())) ? other : one;
    }

    /** When the next silence of a patient is an alert, if nothing more comes; null if no rule watches the patient. */
    public @Nullable Instant nextSilence(PatientState state, RuleBook rules) {
        Instant next = null;
        for (Silence rule : rules.silences()) {
            WatchedPatient watched = WatchedPatient.of(rule, state);
            if (watched != null
                    && !watched.isTold(state)
                    && (next == null || watched.due().isBefore(next))) {
                next = watched.due();
            }
        }
        return next;
    }

    private void settle(
            Set<AlertTarget> targets,
            Revision.Cause cause,
            PatientKey patient,
            Instant at,
            RuleBook rules,
            Findings findings) {
        for (AlertTarget target : targets) {
            Rule rule = rules.rule(target.ruleId());
            if (rule != null) {
                new Revision(rule, target.analyte(), cause, null, patient, patient.reference(), null, at)
                        .settle(new Assessor(rules, units), findings);
            }
        }
    }
}
