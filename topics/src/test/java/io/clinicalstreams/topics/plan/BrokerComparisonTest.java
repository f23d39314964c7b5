package io.clinicalstreams.topics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.ActualSetting;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What brokers have set is compared with the environment, the lanes' needs, and the defaults that topics rely on. */
class BrokerComparisonTest {

    private final Catalogue catalogue = CatalogueLoader.load("development");
    private final FakeCluster cluster = FakeCluster.asWantedBy(catalogue);
    private final FakeAdmin admin = new FakeAdmin(cluster)
            .withBrokerSetting("transaction.max.timeout.ms", "60000")
            .withBrokerSetting("group.min.session.timeout.ms", "6000")
            .withBrokerSetting("group.max.session.timeout.ms", "1800000")
            .withBrokerSetting("socket.request.max.bytes", "104857600");

    @Test
    void brokersAsTheEnvironmentSaysDoNotDiffer() {
        assertThat(comparison().differences()).isEmpty();
        assertThat(comparison().unknown()).isEmpty();
    }

    @Test
    void aValueThatContradictsTheEnvironmentIsNamedWithBoth() {
        admin.withBrokerSetting("transaction.max.timeout.ms", "900000");

        assertThat(comparison().differences())
                .containsExactly(
                        "broker 0: transaction.max.timeout.ms is 900000, environments/development.yaml says 60000");
    }

    @Test
    void limitsThatALaneExceedsAreNamedWithTheLanesSetting() {
        admin.withBrokerSetting("transaction.max.timeout.ms", "5000")
                .withBrokerSetting("group.min.session.timeout.ms", "30000")
                .withBrokerSetting("socket.request.max.bytes", "1000");

        assertThat(comparison().differences())
                .contains("broker 0: transaction.max.timeout.ms is 5000, so it refuses lane alerting, whose"
                        + " transaction.timeout.ms is 10000")
                .anyMatch(line -> line.startsWith("broker 0: group.min.session.timeout.ms is 30000, so it refuses lane"
                        + " recording, whose session.timeout.ms is "))
                .anyMatch(line -> line.startsWith("broker 0: socket.request.max.bytes is 1000, so it refuses lane"
                        + " recording, whose max.request.size is "));
    }

    @Test
    void aDefaultOfTheBrokersThatDeletesOrChangesRecordsIsNamedWithItsTopics() {
        inherited(TopicNames.OBSERVATION_RECORDED, "retention.bytes", "1000000");
        inherited(TopicNames.RESOURCE_REJECTED, "retention.bytes", "1000000");
        inherited(TopicNames.ALERT_RULE, "retention.bytes", "1000000");
        inherited(TopicNames.OBSERVATION_RECORDED, "index.interval.bytes", "8192");

        assertThat(comparison().differences())
                .containsExactly(
                        "retention.bytes is 1000000 by the brokers' settings, and the catalogue relies on Kafka's"
                                + " default, -1: records beyond it are deleted; inherited by clinical.observation.recorded,"
                                + " clinical.resource.rejected");
    }

    @Test
    void withoutTheRightToAskTheSettingsAreUnknown() {
        admin.withBrokerSetting("transaction.max.timeout.ms", "5000").hiding("0", "describeConfigs");

        assertThat(comparison().differences()).isEmpty();
        assertThat(comparison().unknown())
                .containsExactly(
                        "broker 0: unknown, not allowed to read: Topic authorization failed. (describe configs on the"
                                + " cluster)");
    }

    private BrokerComparison comparison() {
        return new BrokerComparison(catalogue, cluster.state(), BrokerLimits.of(admin.admin()));
    }

    private void inherited(String topic, String name, String value) {
        ActualTopic actual = cluster.state().topic(topic).orElseThrow();
        Map<String, ActualSetting> settings = new HashMap<>(actual.settings());
        settings.put(name, new ActualSetting(value, false, value));
        cluster.with(new ActualTopic(topic, actual.partitions(), settings));
    }
}
