package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AlertId;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;

/**
 * A duplicate, or the Patient that replaces it, as {@link Evaluator} describes them.
 *
 * @param key of the one whose state this is
 * @param at input time of the link
 */
record Merging(PatientKey key, Instant at, RuleBook rules, Findings findings) {

    /** Ends a duplicate's alerts, and hands over its state. All its later input goes on to the other Patient. */
    void moveTo(PatientKey other, PatientLink link) {
        PatientState state = findings.state();
        for (Episode episode : state.episodes()) {
            if (episode.isOpen()) {
                tell("end-reason", episode.moved(at));
            }
        }
        PatientState moving = state.moving();
        if (!moving.equals(PatientState.EMPTY)) {
            findings.forward(new Forward.State(other, key, moving));
            findings.merge(MergeEvent.MOVED);
        } else if (!other.equals(state.replacedBy())) {
            findings.merge(MergeEvent.LINKED);
        }
        boolean isKnown = state.replacedBy() != null;
        findings.keep(isKnown ? findings.state().with(link) : findings.state().left(link));
    }

    /** Adds a duplicate's state, whose open alerts go on here. */
    void join(PatientState moving) {
        findings.merge(MergeEvent.TAKEN_OVER);
        findings.keep(findings.state().joinedWith(moving));
        for (Episode episode : moving.episodes()) {
            if (rules.rule(episode.ruleId()) instanceof Silence) {
                continue; // Whether both are silent follows from the latest reading of both.
            }
            Episode mine = findings.state().open(episode.ruleId(), episode.analyte());
            if (mine == null) {
                goOn(episode);
            } else {
                Episode joined = mine.joinedWith(episode);
                if (joined.transition() == Transition.CONTINUED && joined.version() > mine.version()) {
                    tell("revision", joined);
                } else {
                    findings.keep(joined);
                }
            }
        }
        findings.state().episodes().stream()
                .filter(this::isAnswered)
                .forEach(silent -> tell("end-reason", silent.ended(at)));
    }

    /** Whether it is a silence after another reading than the latest of both. */
    private boolean isAnswered(Episode episode) {
        if (!episode.isOpen() || !(rules.rule(episode.ruleId()) instanceof Silence silence)) {
            return false;
        }
        WatchedPatient watched = WatchedPatient.of(silence, findings.state());
        return watched != null
                && !watched.last().observation().equals(episode.opening().observation());
    }

    private void goOn(Episode moved) {
        String id =
                AlertId.of(key, moved.ruleId(), moved.analyte(), moved.opening().observation());
        Episode before = findings.state().episode(id);
        ForgottenAlert forgotten = findings.state().forgotten(id);
        int version = before != null ? before.version() : forgotten != null ? forgotten.version() : 0;
        tell("revision", moved.continuedAs(id, version + 1));
    }

    private void tell(String criterion, Episode episode) {
        findings.alert(new Alert(
                key.reference(), rules.rule(episode.ruleId()), criterion, "merged", episode.latest(), episode, at));
    }

    /** What came back to a duplicate stays there: it no longer counts as a duplicate. */
    void arrived(Hop hop) {
        PatientState state = findings.state();
        if (hop == Hop.HOME && state.link() != null && state.replacedBy() != null) {
            findings.merge(MergeEvent.CYCLE);
            findings.keep(state.with(state.link().ended()));
        }
    }
}
