package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.OpenTransactions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A broker wrote a transaction's records, and never the marker of its end. */
@OnOneBroker
class HangingTransactionTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    @Test
    void theLanesNameItAndCheckFindsItAndRepairEndsIt(TestSystem system) throws Exception {
        system.applyReferenceData();
        PipelineProcess first = system.pipeline("ward-1").awaitReady();
        system.send(critical("1"));
        system.awaitQuiet();
        first.stop();
        String changelog = system.catalogue().lane("alerting").internalTopics().get(0);
        String group = system.catalogue().lane("recording").applicationId();
        TopicPartition received = new TopicPartition(system.fullName(TopicNames.RESOURCE_RECEIVED), 0);
        TopicPartition rejected = new TopicPartition(system.fullName(TopicNames.RESOURCE_REJECTED), 0);
        List<TopicPartition> written = List.of(new TopicPartition(changelog, 0), rejected);
        try (Admin admin = system.admin()) {
            try (UncoordinatedProducer producer = new UncoordinatedProducer(admin, system.bootstrapServers())) {
                await().atMost(SOON).until(() -> {
                    for (TopicPartition each : written) {
                        producer.write(each);
                    }
                    producer.commit(group, received, 0);
                    return new OpenTransactions(admin).in(written).keySet().containsAll(written);
                });
            }

            CompletableFuture<CommandResult> checking =
                    CompletableFuture.supplyAsync(() -> system.topics("check", "-o", "json"));
            CompletableFuture<CommandResult> withoutConsent =
                    CompletableFuture.supplyAsync(() -> system.topics("repair"));
            PipelineProcess pipeline =
                    system.with("transaction.timeout.ms", "2000").pipeline("ward-1");
            await().atMost(SOON).untilAsserted(() -> assertThat(pipeline.body("/health/ready"))
                    .contains("restoring " + changelog + "-0 has stood still")
                    .contains("a transaction is open there; 'topics check'")
                    .contains("lane recording is stuck: it has been rebalancing")
                    .contains("a transaction with its offsets for [" + received + "] is open"));
            assertThat(pipeline.metric("clinical_lane_stuck_seconds", "lane=\"alerting\",state=\"restore\""))
                    .isGreaterThan(5);
            CommandResult check = checking.join();
            assertThat(check.notHeld()).contains("transactions");
            assertThat(check.out())
                    .contains("one hangs in " + changelog + "-0 at offset ")
                    .contains("one hangs in " + rejected + " at offset 0")
                    .contains("one hangs in the offsets of group " + group + " for " + received)
                    .contains("'topics repair' aborts it");

            assertThat(withoutConsent.join().exitCode()).as("without consent").isEqualTo(2);
            assertThat(new OpenTransactions(admin).in(written)).hasSize(2);
            CommandResult repair = system.topics("repair", "--yes");
            assertThat(repair.exitCode()).as(repair.err()).isZero();
            assertThat(repair.out().lines().filter(line -> line.contains(" aborted")))
                    .hasSize(3)
                    .anyMatch(line -> line.startsWith("__consumer_offsets "))
                    .anyMatch(line -> line.startsWith(changelog + ' '));
            assertThat(new OpenTransactions(admin).in(written)).isEmpty();

            pipeline.awaitReady();
            system.send(critical("2"));
            system.awaitQuiet();
            assertThat(system.read(TopicNames.OBSERVATION_RECORDED)).hasSize(2);
        }
    }

    private static List<Outgoing> critical(String id) {
        return List.of(Outgoing.of(
                Resources.bytes("Patient/1"), Resources.bytes(Resources.potassium(id, "Patient/1", "9.9"))));
    }
}
