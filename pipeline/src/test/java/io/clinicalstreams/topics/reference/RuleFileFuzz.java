package io.clinicalstreams.topics.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.problem.CatalogueException;
import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: any text as a file of alert rules is refused with its problems, or each rule survives its record. Of the
 * package that it fuzzes, and in this module with the other targets.
 */
final class RuleFileFuzz {

    private RuleFileFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        AlertRuleYaml.Owned owned;
        try {
            owned = AlertRuleYaml.read("rules.yaml", new String(data, StandardCharsets.UTF_8));
        } catch (CatalogueException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return;
        }
        for (AlertRule rule : owned.rules()) {
            AlertRule versioned = AlertRuleJson.versioned(rule);
            assertThat(AlertRuleJson.read(versioned.id(), AlertRuleJson.write(versioned)))
                    .isEqualTo(versioned);
        }
    }
}
