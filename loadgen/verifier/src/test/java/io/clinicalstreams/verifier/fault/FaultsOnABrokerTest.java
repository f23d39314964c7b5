package io.clinicalstreams.verifier.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.cluster.LocalCluster;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.generate.GeneratorSource;
import io.clinicalstreams.loadgen.scenario.RateCurve;
import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.send.Schedule;
import io.clinicalstreams.loadgen.send.SendResult;
import io.clinicalstreams.loadgen.send.Sender;
import io.clinicalstreams.loadgen.send.Source;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.plan.TopicsOnCluster;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.Verifier;
import io.clinicalstreams.verifier.source.Mark;
import io.clinicalstreams.verifier.source.TopicReader;
import io.clinicalstreams.verifier.source.VerificationException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of commits, which need a broker: the real recording lane, whose step fails once in the middle of its input. */
@Tag("broker")
class FaultsOnABrokerTest {

    private static final int RECORDS = 2_000;
    private static final int FAILS_AFTER = 1_000;
    private static final Duration PROCESSED_WITHIN = Duration.ofSeconds(60);
    private static final Duration SHORTLY = Duration.ofSeconds(3);

    @TempDir
    private Path state;

    private final Catalogue catalogue = CatalogueLoader.load("development");

    @Test
    void exactlyOnceHolds() throws Exception {
        assertThat(red("exactly_once_v2", RecordingOnABroker.Commits.WRITTEN)).isEmpty();
    }

    @Test
    void atLeastOnceIsSeen() throws Exception {
        assertThat(red("at_least_once", RecordingOnABroker.Commits.WRITTEN))
                .isEqualTo(PlantedFault.AT_LEAST_ONCE.red());
    }

    @Test
    void aForgottenCommitIsSeen() throws Exception {
        assertThat(red("exactly_once_v2", RecordingOnABroker.Commits.FORGOTTEN))
                .isEqualTo(PlantedFault.FORGOTTEN_COMMIT.red());
    }

    @SuppressWarnings("try") // the lane runs while it is open
    private Set<String> red(String guarantee, RecordingOnABroker.Commits commits) throws Exception {
        try (LocalCluster cluster = LocalCluster.builder().start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", cluster.bootstrapServers()))) {
            assertThat(TopicsOnCluster.createMissing(catalogue, admin)).isNotEmpty();
            Map<String, Object> client = Map.of("bootstrap.servers", cluster.bootstrapServers());
            Verifier verifier = new Verifier(catalogue, client, List.of(catalogue.lane("recording")), line -> {});
            commitTheBeginning(verifier, admin);
            // Once every new partition answers, so that no first batch meets a partition without a leader.
            assertThat(verifier.mark().offsets()).isNotEmpty();
            send(client);
            AtomicInteger failures = new AtomicInteger(FAILS_AFTER);
            try (RecordingOnABroker lane = RecordingOnABroker.start(
                    catalogue,
                    cluster.bootstrapServers(),
                    state.resolve(guarantee + commits),
                    guarantee,
                    commits,
                    failures)) {
                await().atMost(PROCESSED_WITHIN).until(() -> failures.get() < 0);
                if (commits == RecordingOnABroker.Commits.WRITTEN) {
                    verifier.awaitProcessed(Mark.BEGINNING, PROCESSED_WITHIN);
                } else {
                    await().atMost(PROCESSED_WITHIN)
                            .until(() -> verdict(verifier).resources().lost() == 0);
                    assertThatExceptionOfType(VerificationException.class)
                            .isThrownBy(() -> verifier.awaitProcessed(Mark.BEGINNING, SHORTLY))
                            .withMessageContaining("input is still unprocessed");
                }
            }
            Set<String> red = new TreeSet<>();
            for (CheckResult check : verdict(verifier).checks()) {
                if (check.verdict() == CheckResult.Verdict.NOT_HELD) {
                    red.add(check.name());
                }
            }
            return red;
        }
    }

    /** As the service does before a lane's first start. */
    private void commitTheBeginning(Verifier verifier, Admin admin) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> beginning = Stream.of(
                        verifier.topics().received(), verifier.topics().rekeyed())
                .flatMap(topic -> TopicReader.partitions(topic).stream())
                .collect(Collectors.toMap(partition -> partition, partition -> new OffsetAndMetadata(0)));
        admin.alterConsumerGroupOffsets(catalogue.lane("recording").applicationId(), beginning)
                .all()
                .get();
    }

    private static RunVerdict verdict(Verifier verifier) {
        return RunVerdict.of(verifier.source(), verifier.topics(), Mark.BEGINNING, RECORDS, false);
    }

    private void send(Map<String, Object> client) throws IOException {
        try (Sender sender = Sender.open(catalogue, client);
                Source source = new GeneratorSource(
                        new Generator(Scenario.plain(1, 50), sender.partitions()),
                        Instant.now(),
                        RateCurve.steady(0),
                        RECORDS)) {
            SendResult sent = sender.run(source, Schedule.of(0, PROCESSED_WITHIN), progress -> {});
            assertThat(sent.problems()).isEmpty();
            assertThat(sent.acknowledged()).isEqualTo(RECORDS);
        }
    }
}
