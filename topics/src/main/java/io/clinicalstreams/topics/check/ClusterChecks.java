package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.plan.ClusterAnswer;
import io.clinicalstreams.topics.plan.ClusterReader;
import io.clinicalstreams.topics.plan.ClusterState;
import io.clinicalstreams.topics.reference.ReferenceData;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * All checks of a cluster, in a fixed order. The number of calls does not grow with the number of topics.
 *
 * @param client what a consumer needs to get in, for reading reference data
 */
public record ClusterChecks(Catalogue catalogue, Admin admin, Map<String, Object> client, InstantSource clock) {

    /**
     * Asks the cluster. What it does not allow to look at counts as not held.
     *
     * @throws KafkaException when it cannot be reached
     */
    public List<CheckResult> run() {
        List<String> names = Stream.concat(
                        catalogue.topics().stream().map(Topic::fullName),
                        catalogue.lanes().stream().flatMap(lane -> lane.internalTopics().stream()))
                .toList();
        ClusterState state = new ClusterReader(admin).read(names);
        List<CheckResult> results = new ArrayList<>(new TopicChecks(catalogue, state).all());
        results.addAll(lanes(state));
        results.add(attempt(AccessCheck.NAME, this::access));
        results.add(attempt(ReferenceCheck.NAME, this::referenceData));
        results.add(new EvidenceCheck(catalogue).check());
        return results;
    }

    /** Compares a running service's clients with the catalogue. */
    public CheckResult clients(URI service) {
        try {
            return new ClientsCheck(catalogue).of(ClientsPage.fetch(service));
        } catch (IOException silent) {
            String why = Objects.requireNonNullElse(
                    silent.getMessage(), silent.getClass().getSimpleName());
            return new CheckResult(
                    ClientsCheck.NAME,
                    Verdict.NOT_HELD,
                    List.of(service + ": " + why.lines().findFirst().orElse("")));
        }
    }

    private List<CheckResult> lanes(ClusterState state) {
        LagReader reader = new LagReader(admin, state, clock.instant());
        try {
            Map<Lane, Map<TopicPartition, Long>> committed = reader.committed(catalogue.lanes());
            CheckResult internal = new InternalTopicCheck(catalogue, state)
                    .of(
                            List.copyOf(committed.keySet()),
                            ClusterAnswer.of(admin.listTopics().names()));
            return List.of(internal, attempt("lag", () -> new LagCheck(catalogue).of(reader.read(committed))));
        } catch (AuthorizationException refused) {
            return List.of(notAllowed("internal-topics", refused), notAllowed("lag", refused));
        }
    }

    private CheckResult access() {
        return has(TopicNames.RESOURCE_RECEIVED)
                ? AccessCheck.of(AccessPlan.between(catalogue, admin))
                : CheckResult.skipped(AccessCheck.NAME, "the catalogue has no " + TopicNames.RESOURCE_RECEIVED);
    }

    private CheckResult referenceData() {
        if (!has(TopicNames.ALERT_RULE)) {
            return CheckResult.skipped(ReferenceCheck.NAME, "the catalogue has no " + TopicNames.ALERT_RULE);
        }
        try {
            return ReferenceCheck.of(ReferenceData.of(catalogue, client).present());
        } catch (UnknownTopicOrPartitionException absent) {
            return new CheckResult(ReferenceCheck.NAME, Verdict.NOT_HELD, List.of(String.valueOf(absent.getMessage())));
        }
    }

    private boolean has(String topic) {
        return catalogue.topics().stream().anyMatch(each -> each.name().equals(topic));
    }

    private static CheckResult attempt(String name, Supplier<CheckResult> check) {
        try {
            return check.get();
        } catch (AuthorizationException refused) {
            return notAllowed(name, refused);
        }
    }

    private static CheckResult notAllowed(String name, AuthorizationException refused) {
        return new CheckResult(name, Verdict.NOT_HELD, List.of("not allowed to look: " + refused.getMessage()));
    }
}
