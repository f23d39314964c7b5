package io.clinicalstreams.topics.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whose cluster it is: by the id in the environment's file, or by the markers that apply leaves. */
class ClusterIdentityTest {

    private static final String OF_PRODUCTION = "clinical-streams.environment.production";
    private static final String OF_STAGING = "staging.clinical-streams.environment.staging";

    private final Catalogue development = CatalogueLoader.load("development");
    private final Catalogue staging = CatalogueLoader.load("staging");

    @Test
    void aClusterWithoutAMarkerIsRefusedToNobody() {
        assertThat(with().refusal(development)).isEmpty();
        assertThat(with().isOf(development.where())).isFalse();
    }

    @Test
    void anEnvironmentMayUseTheClusterWithItsMarker() {
        assertThat(with(OF_PRODUCTION).refusal(CatalogueLoader.load("production")))
                .isEmpty();
    }

    @Test
    void anotherEnvironmentWithTheSameTopicNamesMayNot() {
        assertThat(with(OF_PRODUCTION, "clinical.alert.generated").refusal(development))
                .contains("this cluster (id-1) belongs to environment production, not to development");
    }

    @Test
    void aNamePrefixIsForSharingACluster() {
        assertThat(with(OF_PRODUCTION).refusal(staging)).isEmpty();
    }

    @Test
    void anEnvironmentWithoutAPrefixIsRefusedWhereOnlyOthersAre() {
        assertThat(with(OF_STAGING).refusal(development))
                .contains("this cluster (id-1) belongs to environment staging, not to development");
        assertThat(with(OF_STAGING, "clinical.alert.generated").refusal(development))
                .isEmpty();
    }

    @Test
    void twoEnvironmentsOnOneClusterEachHaveTheirMarker() {
        FakeCluster cluster = FakeCluster.empty(3).with(OF_PRODUCTION, 1, 3, Map.of());
        FakeAdmin admin = new FakeAdmin(cluster);

        assertThat(ClusterIdentity.of(admin.admin(), staging.where()).mark(staging.where(), admin.admin()))
                .contains(OF_STAGING);

        assertThat(ClusterIdentity.of(admin.admin(), development.where()).refusal(staging))
                .isEmpty();
        assertThat(ClusterIdentity.of(admin.admin(), development.where()).mark(staging.where(), admin.admin()))
                .isEmpty();
        assertThat(ClusterIdentity.of(admin.admin(), development.where()).mark(development.where(), admin.admin()))
                .isEmpty();
    }

    @Test
    void withoutTheRightToDescribeTheMarkerItIsUnknown() {
        FakeAdmin admin = new FakeAdmin(FakeCluster.empty(3)).hiding(OF_PRODUCTION, "describeTopics");
        Environment production = CatalogueLoader.load("production").where();

        assertThat(ClusterIdentity.of(admin.admin(), production).unknown())
                .isEqualTo("not allowed to read: Topic authorization failed. (describe on " + OF_PRODUCTION + ")");
        assertThat(ClusterIdentity.of(admin.admin(), staging.where()).unknown()).isEmpty();
    }

    @Test
    void theIdInTheFileDecidesBeforeAnyMarker() {
        assertThat(with(OF_PRODUCTION).refusal(named(development, "id-1"))).isEmpty();
        assertThat(with("clinical-streams.environment.development").refusal(named(development, "id-2")))
                .contains("this is cluster id-1, but environments/development.yaml has cluster-id id-2");
    }

    private static ClusterIdentity with(String... topics) {
        return new ClusterIdentity("id-1", Set.of(topics), "");
    }

    private static Catalogue named(Catalogue catalogue, String id) {
        Environment where = catalogue.where();
        return new Catalogue(
                new Environment(
                        where.name(),
                        where.goal(),
                        where.namePrefix(),
                        where.brokers(),
                        where.replication(),
                        where.minInsyncReplicas(),
                        where.standbyReplicas(),
                        where.retentionAtMost(),
                        where.principalPrefix(),
                        where.principals(),
                        where.security(),
                        where.fhir(),
                        where.broker(),
                        id),
                catalogue.topics(),
                catalogue.lanes());
    }
}
