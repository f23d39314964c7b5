package io.clinicalstreams.topics.reference;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clinicalstreams.topics.problem.CatalogueException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReferencePlanTest {

    private static final List<AlertRule> RULES = AlertRuleYaml.load();

    private final Map<String, byte[]> present = new HashMap<>();

    @Test
    void anEmptyTopicGetsEverything() {
        ReferencePlan plan = ReferencePlan.between(RuleManifest.CURATED, RULES, present);
        assertThat(plan.puts()).hasSameSizeAs(RULES);
        assertThat(plan.tombstones()).isEmpty();
        assertThat(plan.manifest()).isNotNull();
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void existingFilesAreKept() {
        allPresent();
        ReferencePlan plan = ReferencePlan.between(RuleManifest.CURATED, RULES, present);
        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.unchanged()).isEqualTo(RULES.size());
    }

    @Test
    void onlyDifferencesAreWritten() {
        allPresent();
        present.put(RULES.get(3).id(), new byte[] {'x'});
        ReferencePlan plan = ReferencePlan.between(RuleManifest.CURATED, RULES, present);
        assertThat(plan.puts()).containsExactly(RULES.get(3));
        assertThat(plan.changes())
                .extracting(RuleChange::id)
                .containsOnly(RULES.get(3).id());
        assertThat(plan.unchanged()).isEqualTo(RULES.size() - 1);
        assertThat(plan.manifest()).isNull();
    }

    @Test
    void aRemovedRuleIsDeletedAndTheManifestUpdated() {
        allPresent();
        ReferencePlan plan = ReferencePlan.between(RuleManifest.CURATED, RULES.subList(1, RULES.size()), present);
        assertThat(plan.tombstones()).containsExactly(RULES.get(0).id());
        assertThat(plan.puts()).isEmpty();
        assertThat(plan.manifest()).isNotNull();
    }

    @Test
    void theLastRulesOfAnOwnerCanBeRemoved() {
        present.put("ward-7/own-rule", AlertRuleJson.write(RULES.get(0)));
        ReferencePlan plan = ReferencePlan.between("ward-7/", List.of(), present);
        assertThat(plan.tombstones()).containsExactly("ward-7/own-rule");
        assertThat(plan.manifest()).isEqualTo(RuleManifest.of("ward-7/", Map.of()));
        assertThat(plan.isEmpty()).isFalse();
    }

    @Test
    void aRuleThatContradictsAnotherOwnersIsRefusedInAnyUnit() {
        AlertRule low = RULES.stream()
                .filter(rule -> rule.id().equals("curated/potassium-low"))
                .findFirst()
                .orElseThrow();
        String high = new String(AlertRuleJson.write(low), UTF_8)
                .replace("curated/potassium-low", "ward-7/high")
                .replace("\"unit\":\"mmol/L\",\"sameUnits\":[\"meq/L\",\"mEq/L\"]", "\"unit\":\"umol/L\"")
                .replace("\"moderate\":\"<3.0\",\"high\":\"<=2.5\"", "\"high\":\">=2400\"")
                .replace("\"clear\":\">=3.0\"", "\"clear\":\"<2400\"");
        present.put("ward-7/high", high.getBytes(UTF_8));
        present.put("ward-8/unreadable", new byte[] {'x'});

        assertThatExceptionOfType(CatalogueException.class)
                .isThrownBy(() -> ReferencePlan.between(RuleManifest.CURATED, List.of(low), present))
                .withMessage(
                        "alert-rules.yaml: rules.potassium-low: contradicts ward-7/high: one value meets the limits of both");
        present.put("ward-7/high", high.replace("2400", "3000").getBytes(UTF_8));
        assertThat(ReferencePlan.between(RuleManifest.CURATED, List.of(low), present)
                        .puts())
                .containsExactly(low);
    }

    @Test
    void otherOwnersAreNotTouched() {
        allPresent();
        present.put("ward-7/own-rule", new byte[] {'x'});
        assertThat(ReferencePlan.between(RuleManifest.CURATED, RULES, present).isEmpty())
                .isTrue();
    }

    @Test
    void showsOldAndNewValuesAndMarksALimitThatJumps() {
        allPresent();
        AlertRule rule = rule("curated/potassium-high");
        present.put(rule.id(), with(rule, ">=6.5", ">=65"));

        assertThat(ReferencePlan.between(RuleManifest.CURATED, RULES, present).changes())
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.field()).isEqualTo("variants.0.levels.high");
                    assertThat(change.now()).isEqualTo(">=65");
                    assertThat(change.wanted()).isEqualTo(">=6.5");
                    assertThat(change.jump()).contains("x 0.1");
                });

        present.put(rule.id(), with(rule, ">=6.5", ">=7.5"));
        assertThat(ReferencePlan.between(RuleManifest.CURATED, RULES, present).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.jump()).isEmpty());
    }

    @Test
    void anotherOwnersFileTouchesOnlyThatOwnersRules() {
        allPresent();
        AlertRule own = AlertRuleJson.read(new String(AlertRuleJson.write(RULES.get(0)), UTF_8)
                .replace("curated/", "ward-7/")
                .getBytes(UTF_8));
        present.put("ward-7/old", AlertRuleJson.write(RULES.get(0)));

        ReferencePlan plan = ReferencePlan.between("ward-7/", List.of(own), present);

        assertThat(plan.owner()).isEqualTo("ward-7/");
        assertThat(plan.puts()).containsExactly(own);
        assertThat(plan.tombstones()).containsExactly("ward-7/old");
    }

    private static AlertRule rule(String id) {
        return RULES.stream().filter(rule -> rule.id().equals(id)).findFirst().orElseThrow();
    }

    private static byte[] with(AlertRule rule, String limit, String other) {
        return new String(AlertRuleJson.write(rule), UTF_8)
                .replace('"' + limit + '"', '"' + other + '"')
                .getBytes(UTF_8);
    }

    @Test
    void aLostManifestIsWrittenAgain() {
        allPresent();
        present.remove(RuleManifest.keyOf(RuleManifest.CURATED));
        ReferencePlan plan = ReferencePlan.between(RuleManifest.CURATED, RULES, present);
        assertThat(plan.puts()).isEmpty();
        assertThat(plan.manifest()).isNotNull();
    }

    @Test
    void refusesRulesOfTwoOwnersAndDuplicateRules() {
        AlertRule own = RULES.get(0);
        AlertRule foreign = AlertRuleJson.read(new String(AlertRuleJson.write(own), UTF_8)
                .replace("curated/", "ward-7/")
                .getBytes(UTF_8));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferencePlan.between("ward-7/", List.of(own, foreign), present));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ReferencePlan.between("ward-7/", List.of(own, own), present));
    }

    private void allPresent() {
        Map<String, String> versions = new HashMap<>();
        for (AlertRule rule : RULES) {
            present.put(rule.id(), AlertRuleJson.write(rule));
            versions.put(rule.id(), rule.version());
        }
        present.put(
                RuleManifest.keyOf(RuleManifest.CURATED),
                RuleManifest.of(RuleManifest.CURATED, versions).toJson());
    }
}
