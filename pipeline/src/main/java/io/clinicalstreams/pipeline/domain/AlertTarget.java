package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.AnalyteHistory;
import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One alert of a patient at a time that follows from readings: of a rule, and of an analyte if the rule has one for each. */
record AlertTarget(String ruleId, @Nullable Coding analyte) {

    /** The alerts that an Observation may be behind. */
    static Set<AlertTarget> of(ObservationIdentity identity, PatientState state, RuleBook rules) {
        Set<AlertTarget> targets = new LinkedHashSet<>();
        state.naming(identity).forEach(history -> targets.addAll(of(history, rules)));
        for (Episode episode : state.episodes()) {
            if (episode.names(identity) && isTold(rules.rule(episode.ruleId()))) {
                targets.add(of(episode));
            }
        }
        return targets;
    }

    /** The alerts that readings of an analyte may be behind. */
    static Set<AlertTarget> of(AnalyteHistory history, RuleBook rules) {
        Set<AlertTarget> targets = new LinkedHashSet<>();
        for (Rule rule : rules.listeningTo(history.codings())) {
            if (isTold(rule)) {
                targets.add(new AlertTarget(rule.id(), rule.analyte(history.codings())));
            }
        }
        return targets;
    }

    static AlertTarget of(Episode episode) {
        return new AlertTarget(episode.ruleId(), episode.analyte());
    }

    static boolean isTold(@Nullable Rule rule) {
        return rule != null && rule.isToldByReadings();
    }
}
