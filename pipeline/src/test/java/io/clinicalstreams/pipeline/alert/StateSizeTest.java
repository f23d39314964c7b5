package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.Cases;
import io.clinicalstreams.pipeline.domain.Evaluator;
import io.clinicalstreams.pipeline.domain.episode.PatientState;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The state of a patient who was measured for a week, with the built-in rules. */
class StateSizeTest {

    private static final int PATIENTS = 51;

    private final Evaluator evaluator = new Evaluator(new UcumConversion());
    private final RuleBook rules = RuleBook.of(AlertRuleYaml.load().stream()
            .map(rule -> RuleDecoder.decode(rule.id(), AlertRuleJson.write(rule)))
            .toList());

    @Test
    void afterAWeekOnAWardTheMedianStateTakesAtMost600Bytes() {
        List<Integer> after = new ArrayList<>();
        for (int patient = 0; patient < PATIENTS; patient++) {
            PatientState state = PatientState.EMPTY;
            for (WardWeek.Input input : WardWeek.inputs(patient)) {
                state = evaluator
                        .evaluate(state, Cases.ANNA, input.observation().build(), input.at(), "received/0/7", rules)
                        .state();
            }
            after.add(PatientStateCodec.encode(state).length);
        }
        assertThat(median(after)).as("bytes").isLessThanOrEqualTo(600);
    }

    private static int median(List<Integer> sizes) {
        return sizes.stream().sorted().skip(sizes.size() / 2).findFirst().orElseThrow();
    }
}
