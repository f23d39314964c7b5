package io.clinicalstreams.topics.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import io.clinicalstreams.topics.terminal.CommandKit;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The exit code of {@code topics plan --exit-code} tells a script the kind of difference. */
class PlanCommandTest {

    private static final String TOPIC = TopicNames.ALERT_GENERATED;

    private final FakeCluster cluster = FakeCluster.asWantedBy(CatalogueLoader.load("production"));
    private final StringWriter out = new StringWriter();

    @Test
    void reportsThatNothingDiffers() {
        assertThat(plan("--exit-code")).isZero();
    }

    @Test
    void distinguishesTheKindsOfDifference() {
        cluster.with("clinical.thing.forgotten", 1, 3, Map.of());
        assertThat(plan("--exit-code")).as("unmanaged").isEqualTo(6);

        cluster.set(TOPIC, "retention.ms", "1000", null);
        assertThat(plan("--exit-code")).as("safe").isEqualTo(3);

        cluster.set(TOPIC, "retention.ms", "999999999", null);
        assertThat(plan("--exit-code")).as("disruptive").isEqualTo(4);

        cluster.resized(TOPIC, 99, 3);
        assertThat(plan("--exit-code")).as("refused").isEqualTo(5);
        assertThat(plan()).as("without the option").isZero();
    }

    @Test
    void treatsASettingThatAnOlderClusterDoesNotKnowAsNoDifference() {
        cluster.unset(TopicNames.RESOURCE_RECEIVED, "max.decompressed.message.bytes");

        assertThat(plan("--exit-code")).isZero();
        assertThat(out.toString()).contains("0 safe, 0 disruptive, 0 refused, 1 skipped");
    }

    @Test
    void namesUnmanagedTopicsOfItsDomainsAndNoOthers() {
        cluster.with("clinical.thing.forgotten", 1, 3, Map.of())
                .with("billing.invoice.sent", 1, 3, Map.of())
                .with("clinical-streams.alerting-patient-state-changelog", 32, 3, Map.of());

        assertThat(plan()).isZero();

        assertThat(out.toString().lines().filter(line -> line.startsWith("unmanaged")))
                .containsExactly("unmanaged, not touched: clinical.thing.forgotten");
    }

    private int plan(String... more) {
        return CommandKit.of(
                        new CommandLine(new PlanCommand(new ClusterOptions(where -> new FakeAdmin(cluster).admin()))))
                .setOut(new PrintWriter(out, true))
                .execute(Stream.concat(
                                Stream.of("--bootstrap-server", "in-mind:9092", "-e", "production"), Stream.of(more))
                        .toArray(String[]::new));
    }
}
