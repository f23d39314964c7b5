package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.clinicalstreams.loadgen.scenario.Scenario;
import io.clinicalstreams.loadgen.scenario.Share;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process is paused for longer than its session timeout, is replaced, and then resumes. */
@OnOneBroker
@Tag("fault")
class ZombieTest {

    private static final long SEED = 20_260_218;
    private static final int RATE = 300;
    private static final int SOME = 300;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void aPausedInstanceThatWasReplacedWritesNothingMore(TestSystem system) {
        system.with("main.consumer.session.timeout.ms", "6000").with("producer.transaction.timeout.ms", "6000");
        system.applyReferenceData();
        PipelineProcess zombie = system.pipeline("ward-1").awaitReady();
        PipelineProcess successor = system.pipeline("ward-2").awaitReady();
        String recorded = TopicNames.OBSERVATION_RECORDED;
        String alerts = TopicNames.ALERT_GENERATED;
        try (Admin admin = system.admin();
                Recovery recovery = new Recovery(system, recorded, alerts);
                Load load = system.load(
                        Scenario.of("everything")
                                .withSeed(SEED)
                                .withPatients(2_000)
                                .with(Share.MALFORMED, 0.01),
                        RATE)) {
            awaitBothAtWork(system, admin);
            recovery.awaitMore(SOME);

            pauseInsideATransaction(zombie, system, admin);
            awaitOnlyMember("ward-2", system, admin);
            Instant replaced = Instant.now();
            recovery.since(replaced, recorded);
            recovery.since(replaced, alerts);
            zombie.resume();

            awaitBothAtWork(system, admin);
            recovery.awaitMore(SOME);
            system.stop(load);
        }

        system.verdict();
        assertThat(zombie.isReady()).isTrue();
        assertThat(successor.isReady()).isTrue();
    }

    /** Only then is it dangerous: it has written records without committing them. */
    private static void pauseInsideATransaction(PipelineProcess pipeline, TestSystem system, Admin admin) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    pipeline.pause();
                    // The other instance commits soon; a transaction that is still open then belongs to the paused one.
                    if (stillOpenAfterAMoment(system, admin)) {
                        return true;
                    }
                    pipeline.resume();
                    return false;
                });
    }

    private static boolean stillOpenAfterAMoment(TestSystem system, Admin admin) {
        List<TopicPartition> partitions = system.partitions(TopicNames.OBSERVATION_RECORDED);
        Map<TopicPartition, Long> hidden = ends(partitions, IsolationLevel.READ_COMMITTED, admin);
        Map<TopicPartition, Long> written = ends(partitions, IsolationLevel.READ_UNCOMMITTED, admin);
        List<TopicPartition> open = partitions.stream()
                .filter(each -> hidden.get(each) < written.get(each))
                .toList();
        if (open.isEmpty()) {
            return false;
        }
        Instant deadline = Instant.now().plusSeconds(1);
        while (Instant.now().isBefore(deadline)) {
            Map<TopicPartition, Long> now = ends(partitions, IsolationLevel.READ_COMMITTED, admin);
            if (open.stream().noneMatch(each -> now.get(each).equals(hidden.get(each)))) {
                return false;
            }
        }
        return true;
    }

    private static Map<TopicPartition, Long> ends(
            List<TopicPartition> partitions, IsolationLevel isolation, Admin admin) {
        try {
            return admin
                    .listOffsets(
                            partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest())),
                            new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, end -> end.getValue().offset()));
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }

    private static void awaitBothAtWork(TestSystem system, Admin admin) {
        await().atMost(PATIENCE).until(() -> system.groups().stream()
                .allMatch(group -> members(group, admin).stream()
                                .filter(member ->
                                        !member.assignment().topicPartitions().isEmpty())
                                .count()
                        == 2));
    }

    private static void awaitOnlyMember(String instance, TestSystem system, Admin admin) {
        await().atMost(PATIENCE).until(() -> system.groups().stream().allMatch(group -> members(group, admin).stream()
                .allMatch(member -> member.groupInstanceId().orElse("").startsWith(instance))));
    }

    private static List<MemberDescription> members(String group, Admin admin) {
        try {
            return List.copyOf(admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members());
        } catch (InterruptedException | ExecutionException failure) {
            throw new AssertionError(failure);
        }
    }
}
