package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** One refused query does not hide the other checks. */
class ClusterChecksTest {

    private static final String HIDDEN = "not allowed to read: Topic authorization failed: describe configs on ";

    private final Catalogue catalogue = CatalogueLoader.load("development");
    private final FakeAdmin admin = new FakeAdmin(FakeCluster.asWantedBy(catalogue)).withRules(List.of());

    @Test
    void continueIfATopicMayNotBeDescribed() {
        admin.hiding(TopicNames.ALERT_CURRENT, "describeConfigs");

        Map<String, CheckResult> results = results();

        assertThat(List.of("exists", "partitions", "replication", "settings", "leaders"))
                .allSatisfy(name ->
                        assertThat(results.get(name).details()).containsExactly(HIDDEN + TopicNames.ALERT_CURRENT));
        assertThat(results.get("lag").verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(results.get("access").details()).isNotEmpty().allMatch(line -> line.startsWith("missing: "));
        assertThat(results).containsKeys("internal-topics", "reference-data", "exceptions", "evidence");
    }

    @Test
    void doNotTakeAHiddenSourceForOneWithoutRecordsNorHiddenRulesForAMissingTopic() {
        admin.hiding(TopicNames.RESOURCE_RECEIVED, "describeConfigs").hiding(TopicNames.ALERT_RULE, "describeConfigs");

        Map<String, CheckResult> results = results();

        assertThat(List.of("lag", "internal-topics", "reference-data")).allSatisfy(name -> assertThat(results.get(name))
                .isEqualTo(new CheckResult(
                        name, Verdict.NOT_HELD, List.of(HIDDEN + "clinical.resource.received, reference.alert.rule"))));
    }

    private Map<String, CheckResult> results() {
        return new ClusterChecks(catalogue, admin.admin(), Map.of(), InstantSource.system())
                .run().stream().collect(Collectors.toMap(CheckResult::name, result -> result));
    }
}
