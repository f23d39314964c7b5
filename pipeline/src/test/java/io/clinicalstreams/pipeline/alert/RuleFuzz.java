package io.clinicalstreams.pipeline.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;

/** Fuzz target: any bytes as a rule's record are refused, or are a rule that is written and read the same. */
final class RuleFuzz {

    private RuleFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        AlertRule rule;
        try {
            rule = AlertRuleJson.read(data);
        } catch (CatalogueException refused) {
            return;
        }
        Rule decoded = RuleDecoder.toDomain(rule);
        byte[] written = AlertRuleJson.write(rule);
        assertThat(AlertRuleJson.read(written)).isEqualTo(rule);
        assertThat(RuleDecoder.toDomain(AlertRuleJson.read(written))).isEqualTo(decoded);
    }
}
