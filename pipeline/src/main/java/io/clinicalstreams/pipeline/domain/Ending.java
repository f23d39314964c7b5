package io.clinicalstreams.pipeline.domain;

import io.clinicalstreams.pipeline.domain.episode.Episode;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.observation.Reading;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.pipeline.domain.rule.Silence;
import io.clinicalstreams.topics.wire.PatientKey;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The end of an open episode without a reading, as {@link Evaluator} describes it.
 *
 * @param rule null if it was removed
 * @param at by the log's time
 */
record Ending(Episode open, @Nullable Rule rule, Reason reason, Instant at) {

    /** Why no reading can be expected to end it. The labels are API. */
    enum Reason {
        NOT_MEASURED("not-measured"),
        AGE("age"),
        RULE_CHANGED("rule-changed"),
        RULE_REMOVED("rule-removed"),
        DISCHARGED("discharged");

        private final String label;

        Reason(String label) {
            this.label = label;
        }
    }

    /** @return null if the episode stays open */
    static @Nullable Ending of(Episode open, PatientState state, RuleBook rules, Instant now) {
        LocalDate birth = state.birthDate();
        Rule rule = rules.rule(open.ruleId());
        if (rule == null) {
            return new Ending(open, null, Reason.RULE_REMOVED, now);
        }
        if (rule.isByAnalyte() != (open.analyte() != null)) {
            return new Ending(open, rule, Reason.RULE_CHANGED, now);
        }
        if (isByAge(open, state, rules)) {
            return new Ending(open, rule, Reason.AGE, now);
        }
        if (rule instanceof Silence silence) {
            if (silence.whileAdmitted() && state.admission() == null) {
                return new Ending(open, rule, Reason.DISCHARGED, now);
            }
            WatchedPatient watched = WatchedPatient.of(silence, state);
            if (watched != null && now.isBefore(watched.due())) {
                return new Ending(open, rule, Reason.RULE_CHANGED, now);
            }
        }
        Instant end = rule.endOf(open);
        if (now.isBefore(end)) {
            return null;
        }
        return new Ending(open, rule, applies(rule, birth, end) ? Reason.NOT_MEASURED : Reason.AGE, end);
    }

    /** Whether its rule does not apply at the patient's age. */
    static boolean isByAge(Episode open, PatientState state, RuleBook rules) {
        Rule rule = rules.rule(open.ruleId());
        return rule != null && !applies(rule, state.birthDate(), open.latest().time());
    }

    private static boolean applies(Rule rule, @Nullable LocalDate birth, Instant at) {
        return birth == null || rule.age().includes(birth, Reading.dayOf(at));
    }

    Alert alert(PatientKey patient) {
        Episode ended = open.ended(at);
        return new Alert(patient.reference(), rule, "end-reason", reason.label, ended.latest(), ended, at);
    }
}
