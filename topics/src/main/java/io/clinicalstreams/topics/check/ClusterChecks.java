package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.cluster.ActualPartition;
import io.clinicalstreams.topics.cluster.ActualTopic;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.MissingTopicException;
import io.clinicalstreams.topics.cluster.SeenTopics;
import io.clinicalstreams.topics.plan.BrokerComparison;
import io.clinicalstreams.topics.reference.ReferenceData;
import io.clinicalstreams.topics.repair.HangingTransactions;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * All checks of a cluster, in a fixed order. The number of calls does not grow with the number of topics.
 *
 * @param client connection settings of the consumer that reads reference data
 */
public record ClusterChecks(Catalogue catalogue, Admin admin, Map<String, Object> client, InstantSource clock) {

    private static final String TRANSACTIONS = "transactions";

    private static final String REPAIR = ": 'topics repair' aborts it";

    /**
     * Queries the cluster. A check without an answer or without permission counts as not held.
     *
     * @throws KafkaException if it cannot be reached
     */
    public List<CheckResult> run() {
        ClusterReader reader = new ClusterReader(admin);
        SeenTopics topics =
                reader.look(catalogue.topics().stream().map(Topic::fullName).toList());
        Future<ClusterState> withInternal = ClusterAnswer.ask(() -> withInternalTopics(topics, reader));
        Future<LaneArtifacts> artifacts = ClusterAnswer.ask(() -> LaneArtifacts.on(admin, catalogue));
        ClusterState state =
                ClusterAnswer.refusal(withInternal).isPresent() ? topics.state() : ClusterAnswer.of(withInternal);
        List<CheckResult> results = new ArrayList<>();
        results.add(CheckResult.asking("environment", () -> environment(ClusterIdentity.of(admin, catalogue.where()))));
        results.addAll(new TopicDriftChecks(catalogue, topics, state).all());
        results.add(CheckResult.asking(
                "brokers", () -> brokers(new BrokerComparison(catalogue, topics.state(), BrokerLimits.of(admin)))));
        results.add(CheckResult.asking(
                InternalTopicCheck.NAME, () -> new InternalTopicCheck(catalogue, ClusterAnswer.of(withInternal))
                        .of(ClusterAnswer.of(artifacts))));
        results.add(CheckResult.asking(LagCheck.NAME, () -> lag(topics, ClusterAnswer.of(artifacts))));
        results.add(CheckResult.asking(TRANSACTIONS, () -> transactions(state)));
        results.add(CheckResult.asking(
                AccessCheck.NAME,
                () -> AccessCheck.of(
                        AccessPlan.between(catalogue, admin), catalogue.where().security())));
        results.add(CheckResult.asking(ReferenceCheck.NAME, () -> referenceData(topics)));
        results.add(new ExceptionsCheck(catalogue).check());
        results.add(new EvidenceCheck(catalogue).check());
        return results;
    }

    private CheckResult environment(ClusterIdentity cluster) {
        List<String> wrong = cluster.refusal(catalogue).stream().toList();
        if (!wrong.isEmpty() || cluster.isOf(catalogue.where())) {
            return CheckResult.of("environment", wrong, "cluster " + cluster.id() + " is " + catalogue.environment());
        }
        return CheckResult.skipped(
                "environment",
                cluster.unknown().isEmpty()
                        ? "cluster " + cluster.id() + " has no marker; 'topics apply --yes' leaves one"
                        : "unknown, " + cluster.unknown());
    }

    private static CheckResult brokers(BrokerComparison comparison) {
        List<String> wrong = comparison.differences();
        return wrong.isEmpty() && !comparison.unknown().isEmpty()
                ? new CheckResult("brokers", CheckResult.Verdict.SKIPPED, comparison.unknown())
                : CheckResult.of("brokers", wrong, "their settings are as the catalogue expects");
    }

    private CheckResult lag(SeenTopics topics, LaneArtifacts artifacts) {
        LagReader reader = new LagReader(admin, catalogue, topics.with(sources()), clock.instant());
        return LagCheck.of(reader.read(artifacts), artifacts.lanes());
    }

    /** Takes longer only while a transaction is open that does not end. */
    private CheckResult transactions(ClusterState state) {
        HangingTransactions.Found found = new HangingTransactions(catalogue, admin, clock).in(state);
        List<String> wrong = new ArrayList<>();
        found.transactions().forEach(each -> wrong.add("one hangs in " + each + ", and readers wait there" + REPAIR));
        found.pendingCommits()
                .forEach((group, partitions) -> wrong.add("one hangs in the offsets of group " + group + " for "
                        + partitions.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "))
                        + ", and the lane cannot start there" + REPAIR));
        return CheckResult.of(TRANSACTIONS, wrong, "none hangs");
    }

    private ClusterState withInternalTopics(SeenTopics topics, ClusterReader reader) {
        List<String> internal = catalogue.lanes().stream()
                .flatMap(lane -> lane.internalTopics().stream())
                .toList();
        ClusterState seen = topics.with(sources());
        return internal.isEmpty() ? seen : seen.and(reader.read(internal));
    }

    private List<String> sources() {
        return catalogue.lanes().stream()
                .flatMap(lane -> lane.sources().stream())
                .map(Topic::fullName)
                .toList();
    }

    /** Compares a running service's clients with the catalogue. */
    public CheckResult clients(URI service) {
        try {
            return new ClientsCheck(catalogue).of(ClientsPage.fetch(service));
        } catch (IOException silent) {
            String why = Objects.requireNonNullElse(
                    silent.getMessage(), silent.getClass().getSimpleName());
            return CheckResult.of(
                    ClientsCheck.NAME,
                    List.of(service + ": " + why.lines().findFirst().orElse("")),
                    "");
        }
    }

    /** Checked first, because a consumer would wait for a missing topic or leader. */
    private CheckResult referenceData(SeenTopics topics) {
        if (catalogue.topics().stream().noneMatch(topic -> topic.name().equals(TopicNames.ALERT_RULE))) {
            return CheckResult.skipped(ReferenceCheck.NAME, "the catalogue has no " + TopicNames.ALERT_RULE);
        }
        String name = catalogue.topic(TopicNames.ALERT_RULE).fullName();
        Optional<ActualTopic> topic = topics.with(List.of(name)).topic(name);
        if (topic.isEmpty()) {
            return notHeld(String.valueOf(new MissingTopicException(catalogue, List.of(name), client).getMessage()));
        }
        if (!topic.get().partitions().stream().allMatch(ActualPartition::hasLeader)) {
            return notHeld("the topic " + name + " has a partition without a leader: it cannot be read");
        }
        return ReferenceCheck.of(ReferenceData.of(catalogue, client).present());
    }

    private static CheckResult notHeld(String why) {
        return CheckResult.of(ReferenceCheck.NAME, List.of(why), "");
    }
}
