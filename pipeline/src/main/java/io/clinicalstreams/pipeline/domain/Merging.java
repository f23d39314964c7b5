package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AlertId;
import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.ForgottenAlert;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.KeptReading;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.observation.PatientLink;
import io.clinicalstreams.pipeline.domain.observation.UnitConversion;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A duplicate, or the Patient that replaces it, as {@link Evaluator} describes them.
 *
 * @param key of the one whose state this is
 * @param at input time of the link
 */
record Merging(PatientKey key, Instant at, RuleBook rules, UnitConversion units, Findings findings) {

    /** Ends a duplicate's alerts, and hands over its state. All its later input goes on to the other Patient. */
    void moveTo(PatientKey other, PatientLink link) {
        PatientState state = findings.state();
        for (Episode episode : state.episodes()) {
            if (episode.isOpen()) {
                tell("end-reason", episode.moved(at));
            }
        }
        PatientState moving = state.moving();
        boolean isEmpty = moving.equals(PatientState.EMPTY);
        if (!isEmpty) {
            findings.forward(new Forward.State(other, key, moving));
            findings.merge(MergeEvent.MOVED);
        } else if (!other.equals(state.replacedBy())) {
            findings.merge(MergeEvent.LINKED);
        }
        boolean isKnown = state.replacedBy() != null;
        findings.keep(
                isKnown && isEmpty
                        ? findings.state().with(link)
                        : findings.state().left(link));
    }

    /** Adds a duplicate's state, whose open alerts go on here. */
    void join(PatientState moving) {
        findings.merge(MergeEvent.TAKEN_OVER);
        PatientState before = findings.state();
        findings.keep(withoutOutlived(before, moving).joinedWith(withoutOutlived(moving, before)));
        for (Episode episode : moving.episodes()) {
            Rule rule = rules.rule(episode.ruleId());
            if (rule instanceof Silence) {
                continue; // Whether both are silent follows from the latest reading of both.
            }
            Episode mine = findings.state().open(episode.ruleId(), episode.analyte());
            if (mine == null) {
                goOn(episode);
            } else {
                Integer order = rule == null ? null : rule.order(episode.worst(), mine.worst(), units);
                tell("revision", mine.joinedWith(episode, order));
            }
        }
        findings.state().episodes().stream()
                .filter(this::isAnswered)
                .forEach(silent -> tell("end-reason", silent.ended(at)));
    }

    /**
     * A state without the readings that an open alert of the other has outlived. The reading that opened it is not kept
     * any more, so they would end it as soon as its rule was asked again.
     */
    private PatientState withoutOutlived(PatientState state, PatientState other) {
        Map<AlertTarget, Instant> open = new HashMap<>();
        Set<ObservationIdentity> kept = other.histories().stream()
                .flatMap(history -> history.readings().stream())
                .map(KeptReading::identity)
                .collect(Collectors.toSet());
        for (Episode episode : other.episodes()) {
            if (episode.isOpen() && !kept.contains(episode.opening().observation())) {
                open.put(AlertTarget.of(episode), episode.latest().time());
            }
        }
        if (open.isEmpty()) {
            return state;
        }
        List<AnalyteHistory> left = new ArrayList<>(state.histories().size());
        for (AnalyteHistory history : state.histories()) {
            Instant until = AlertTarget.of(history, rules).stream()
                    .map(target -> open.getOrDefault(target, Instant.MIN))
                    .max(Comparator.naturalOrder())
                    .orElse(Instant.MIN);
            List<KeptReading> later = history.readings().stream()
                    .filter(reading -> reading.time().isAfter(until))
                    .toList();
            if (!later.isEmpty()) {
                left.add(
                        later.size() == history.readings().size()
                                ? history
                                : new AnalyteHistory(history.codings(), later));
            }
        }
        return state.replacing(state.episodes(), left);
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
