package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleJson;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The topic's rules are checked as a lane reads them, and must match their versions. */
class ReferenceCheckTest {

    private static final List<AlertRule> RULES = AlertRuleYaml.load();
    private final Map<String, byte[]> present = new HashMap<>();

    ReferenceCheckTest() {
        Map<String, String> versions = new HashMap<>();
        for (AlertRule rule : RULES) {
            present.put(rule.id(), AlertRuleJson.write(rule));
            versions.put(rule.id(), rule.version());
        }
        present.put(
                RuleManifest.keyOf(RuleManifest.CURATED),
                RuleManifest.of(RuleManifest.CURATED, versions).toJson());
    }

    @Test
    void holdsForACompleteSet() {
        assertThat(ReferenceCheck.of(present))
                .isEqualTo(new CheckResult("reference-data", Verdict.HELD, List.of(RULES.size() + " alert rules")));
    }

    @Test
    void doesNotHoldWithoutRules() {
        assertThat(ReferenceCheck.of(Map.of()).details())
                .containsExactly(
                        "there are no curated alert rules: the alerting lane waits. Run 'topics reference apply'");
    }

    @Test
    void doesNotHoldIfARuleOfTheSetIsMissing() {
        present.remove(RULES.get(0).id());

        assertThat(ReferenceCheck.of(present).details()).singleElement().satisfies(detail -> assertThat(detail)
                .startsWith("curated/manifest names %d rules".formatted(RULES.size())));
    }

    @Test
    void namesARuleWithAChangedLimitUnderTheSameVersion() {
        AlertRule rule = RULES.get(0);
        String changed = new String(AlertRuleJson.write(rule), StandardCharsets.UTF_8)
                .replaceFirst("\"coolDown\":\"[^\"]+\"", "\"coolDown\":\"PT3H\"");
        present.put(rule.id(), changed.getBytes(StandardCharsets.UTF_8));

        assertThat(ReferenceCheck.of(present).details())
                .containsExactly(rule.id() + " does not match its version " + rule.version()
                        + ": it was changed by hand. Run 'topics reference apply'");
    }

    @Test
    void leavesVersionsToOtherOwners() {
        String own = new String(AlertRuleJson.write(RULES.get(0)), StandardCharsets.UTF_8)
                .replace(RULES.get(0).id(), "ward-7/own-rule");
        present.put("ward-7/own-rule", own.getBytes(StandardCharsets.UTF_8));

        assertThat(ReferenceCheck.of(present).verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void explainsHowToRepairAnotherOwnersRules() {
        present.put(
                "ward-7/manifest",
                RuleManifest.of("ward-7/", Map.of("ward-7/gone", "1")).toJson());

        assertThat(ReferenceCheck.of(present).details())
                .singleElement()
                .asString()
                .endsWith("run 'topics reference apply --rules FOLDER' with the rules of ward-7");
    }

    @Test
    void namesARuleThatCannotBeRead() {
        present.put("local/odd", "{}".getBytes(StandardCharsets.UTF_8));

        CheckResult result = ReferenceCheck.of(present);

        assertThat(result.verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(result.details()).isNotEmpty().allSatisfy(detail -> assertThat(detail)
                .contains("local/odd"));
    }
}
