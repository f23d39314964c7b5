package io.clinicalstreams.topics.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import org.apache.kafka.common.errors.AuthorizationException;
import org.junit.jupiter.api.Test;

/** Queries that the cluster does not authorize. */
class ClusterReaderTest {

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final FakeAdmin admin = new FakeAdmin(FakeCluster.asWantedBy(catalogue));

    @Test
    void namesEveryHiddenTopicAndTheMissingRight() {
        admin.hiding(TopicNames.ALERT_RULE, "describeTopics")
                .hiding(TopicNames.ALERT_GENERATED, "describeConfigs")
                .hiding(TopicNames.ALERT_CURRENT, "describeConfigs");

        assertThatThrownBy(() -> new ClusterReader(admin.admin()).read(catalogue))
                .isInstanceOf(AuthorizationException.class)
                .hasMessage("Topic authorization failed: describe on reference.alert.rule; describe configs on"
                        + " clinical.alert.current, clinical.alert.generated");
    }
}
