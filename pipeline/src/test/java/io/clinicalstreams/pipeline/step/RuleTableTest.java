package io.clinicalstreams.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.alert.RuleDecoder;
import io.clinicalstreams.pipeline.domain.rule.Rule;
import io.clinicalstreams.pipeline.domain.rule.RuleBook;
import io.clinicalstreams.topics.reference.AlertRule;
import io.clinicalstreams.topics.reference.AlertRuleYaml;
import io.clinicalstreams.topics.reference.RuleManifest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class RuleTableTest {

    private static final String KEY = RuleManifest.keyOf(RuleManifest.CURATED);

    private static final List<AlertRule> WRITTEN = AlertRuleYaml.load().subList(0, 3);

    private final RuleTable table = new RuleTable();
    private final List<Rule> rules = decoded();

    @Test
    void isNotUsableWhileACuratedRuleOfTheManifestIsMissing() {
        table.manifest(KEY, manifest(rules));
        table.put(rules.get(0).id(), rules.get(0));
        table.put(rules.get(1).id(), rules.get(1));

        assertThat(table.isUsable()).isFalse();

        table.put(rules.get(2).id(), rules.get(2));

        assertThat(table.isUsable()).isTrue();
        assertThat(table.size()).isEqualTo(3);
    }

    @Test
    void isNotUsableWithoutAManifestOfTheCuratedRules() {
        rules.forEach(rule -> table.put(rule.id(), rule));

        assertThat(table.isUsable()).isFalse();
    }

    @Test
    void acceptsAHospitalsOwnRulesWithoutAManifest() {
        table.put("hospital/own", rules.get(0));

        // The rule's id is a curated one, but the record's key decides.
        assertThat(table.isUsable()).isTrue();
    }

    @Test
    void waitsForEveryRuleThatAnotherOwnersManifestNames() {
        load(rules);
        String hospital = RuleManifest.keyOf("hospital/");

        table.manifest(hospital, RuleManifest.of("hospital/", Map.of("hospital/own", "1")));
        assertThat(table.isUpToDate()).isFalse();

        table.manifest(hospital, null);
        assertThat(table.isUpToDate()).isTrue();
    }

    @Test
    void keepsTheLastCompleteBookWhileASetChanges() {
        load(rules);

        table.remove(rules.get(0).id());

        assertThat(table.isUsable()).isTrue();
        assertThat(table.isUpToDate()).isFalse();
        assertThat(table.size()).isEqualTo(3);

        table.manifest(KEY, manifest(rules.subList(1, 3)));

        assertThat(table.isUpToDate()).isTrue();
        assertThat(table.size()).isEqualTo(2);
    }

    @Test
    void keepsTheBookWhenTheSameRulesAreWrittenAgain() {
        load(rules);
        RuleBook book = table.book();

        load(decoded());

        assertThat(table.book()).isSameAs(book);
    }

    @Test
    void keepsTheLastBookWhenARuleBecomesUnreadable() {
        load(rules);

        table.refuse(rules.get(0).id());

        assertThat(table.isUsable()).isTrue();
        assertThat(table.isUpToDate()).isFalse();
    }

    @Test
    void isNotUsableWhenTheRulesDisappearAndNeverEvaluatesWithoutRules() {
        load(rules);
        AtomicInteger changes = new AtomicInteger();
        table.onChange(changes::incrementAndGet);

        rules.forEach(rule -> table.remove(rule.id()));

        assertThat(table.isUsable()).isFalse();
        assertThat(table.book().isEmpty()).isFalse();
        assertThat(changes).hasValue(3);
    }

    @Test
    void saysWhichRuleItCannotReadAndThatTheLastSetStaysInForce() {
        load(rules);
        assertThat(table.problem()).isNull();

        table.refuse(rules.get(0).id());
        table.refuse("Patient \"Ada\"");

        assertThat(table.problem())
                .isEqualTo("these records of alert rules cannot be read: "
                        + rules.get(0).id() + ", one with an invalid id; the last complete set stays in force");
        assertThat(table.unreadable()).isEqualTo(2);

        table.remove("Patient \"Ada\"");
        load(rules);

        assertThat(table.problem()).isNull();
        assertThat(table.unreadable()).isZero();
    }

    @Test
    void afterARestartARuleThatItCannotReadKeepsTheLaneWaitingAndIsNamed() {
        table.refuse(rules.get(0).id());
        load(rules.subList(1, 3));

        assertThat(table.isUsable()).isFalse();
        assertThat(table.problem())
                .isEqualTo("these records of alert rules cannot be read: "
                        + rules.get(0).id());
    }

    /** The partitions of the topic are read one after the other, each in its order. */
    @Test
    void afterARestartTheLastGoodRecordIsInForceWhereverTheUnreadableOneStands() {
        List<List<Consumer<RuleTable>>> partitions = List.of(
                List.of(
                        to -> to.put(rules.get(0).id(), rules.get(0)),
                        to -> to.refuse(rules.get(0).id())),
                List.of(
                        to -> to.put(rules.get(1).id(), rules.get(1)),
                        to -> to.put(rules.get(2).id(), rules.get(2))),
                List.of(to -> to.manifest(KEY, manifest(rules)), to -> to.refuse(KEY)));
        for (List<Integer> order : List.of(
                List.of(0, 1, 2),
                List.of(0, 2, 1),
                List.of(1, 0, 2),
                List.of(1, 2, 0),
                List.of(2, 0, 1),
                List.of(2, 1, 0))) {
            RuleTable restarted = new RuleTable();
            order.forEach(partition -> partitions.get(partition).forEach(record -> record.accept(restarted)));

            assertThat(restarted.isUsable()).as("%s", order).isTrue();
            assertThat(restarted.size()).isEqualTo(3);
            assertThat(restarted.isUpToDate()).isFalse();
            assertThat(restarted.problem())
                    .contains(rules.get(0).id())
                    .endsWith("; the last complete set stays in force");
            assertThat(restarted.unreadable()).isEqualTo(2);
        }
    }

    @Test
    void aHospitalsRuleThatWasNeverReadableLeavesTheSetIncomplete() {
        table.refuse("hospital/own");
        load(rules);

        assertThat(table.isUsable()).isFalse();
        table.remove("hospital/own");
        assertThat(table.isUpToDate()).isTrue();
    }

    private void load(List<Rule> set) {
        set.forEach(rule -> table.put(rule.id(), rule));
        table.manifest(KEY, manifest(set));
    }

    private static RuleManifest manifest(List<Rule> set) {
        Map<String, String> versions = set.stream().collect(Collectors.toMap(Rule::id, Rule::version));
        return RuleManifest.of(RuleManifest.CURATED, versions);
    }

    private static List<Rule> decoded() {
        return WRITTEN.stream().map(RuleDecoder::toDomain).toList();
    }
}
