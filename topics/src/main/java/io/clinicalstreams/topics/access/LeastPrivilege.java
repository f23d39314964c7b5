package io.clinicalstreams.topics.access;

import static org.apache.kafka.common.acl.AclOperation.ALTER;
import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Client;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourcePattern;

/**
 * The permissions that each part of the system requires, and no more, derived from the topics of a lane, its
 * application id and its stores, and from the topics of a client. Read, write and alter on a topic, and read on a
 * group, imply describe, so describe is granted only where nothing else is. An idempotent producer needs no right on
 * the cluster: since Kafka 3.0 the right to write to a topic is enough.
 */
public final class LeastPrivilege {

    private static final String KNOWS_THE_CLUSTER = "refuses a cluster of another environment";

    private final Catalogue catalogue;
    private final List<Grant> grants = new ArrayList<>();

    private LeastPrivilege(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** All grants of one environment, role by role. */
    public static List<Grant> of(Catalogue catalogue) {
        return new LeastPrivilege(catalogue).derive();
    }

    /** In the order of the data flow: clients that only write, lanes, clients that read. */
    private List<Grant> derive() {
        Map<Boolean, List<Client>> clients = catalogue.clients().stream()
                .collect(Collectors.partitioningBy(
                        client -> client.isReader() || client.writes().isEmpty()));
        clients.getOrDefault(false, List.of()).forEach(this::client);
        catalogue.lanes().forEach(this::lane);
        clients.getOrDefault(true, List.of()).forEach(this::client);
        operator();
        return List.copyOf(grants);
    }

    private void client(Client client) {
        String role = client.name();
        String why = asReason(client.goal());
        client.writes().forEach(topic -> grant(role, Grant.topic(topic.fullName()), WRITE, why));
        Stream.concat(client.reads().stream(), client.verifies().stream().flatMap(lane -> lane.topics().stream()))
                .distinct()
                .forEach(topic -> grant(role, Grant.topic(topic.fullName()), READ, why));
        client.verifies().forEach(lane -> grant(role, Grant.group(lane.applicationId()), DESCRIBE, "waits for it"));
        if (client.isReader()) {
            ResourcePattern groups = Grant.groupsFrom(client.consumerGroups());
            grant(role, groups, READ, "shares partitions among instances, stores their offsets");
        }
    }

    /** A goal is a sentence; a reason follows a colon. */
    private static String asReason(String goal) {
        String clause = goal.endsWith(".") ? goal.substring(0, goal.length() - 1) : goal;
        boolean isWord = clause.length() > 1 && Character.isLowerCase(clause.charAt(1));
        return isWord ? Character.toLowerCase(clause.charAt(0)) + clause.substring(1) : clause;
    }

    private void lane(Lane lane) {
        String role = lane.name();
        for (Topic source : lane.sources()) {
            grant(role, Grant.topic(source.fullName()), READ, "processes it");
        }
        for (Topic ticked : lane.ticks()) {
            grant(role, Grant.topic(ticked.fullName()), WRITE, "sends the time while nothing arrives");
        }
        for (Topic reference : lane.references()) {
            grant(role, Grant.topic(reference.fullName()), READ, "holds it in memory");
        }
        for (Topic sink : lane.sinks()) {
            grant(role, Grant.topic(sink.fullName()), WRITE, "writes its results");
        }
        for (String changelog : lane.internalTopics()) {
            grant(role, Grant.topic(changelog), CREATE, "Kafka Streams creates it at the first start");
            grant(role, Grant.topic(changelog), WRITE, "keeps the state");
            grant(role, Grant.topic(changelog), READ, "restores the state");
        }
        Stream.concat(lane.topics().stream().map(Topic::fullName), lane.internalTopics().stream())
                .forEach(topic -> grant(role, Grant.topic(topic), DESCRIBE_CONFIGS, "refuses to start if it differs"));
        grant(role, Grant.topicsFrom(ClusterIdentity.markersLike(catalogue.where())), DESCRIBE, KNOWS_THE_CLUSTER);
        grant(role, Grant.cluster(), DESCRIBE_CONFIGS, "refuses to start on brokers whose limits it exceeds");
        grant(role, Grant.group(lane.applicationId()), READ, "shares partitions among instances, stores their offsets");
        catalogue.lanes().stream()
                .filter(other -> !other.equals(lane))
                .forEach(other -> grant(
                        role,
                        Grant.group(other.applicationId()),
                        DESCRIBE,
                        "refuses to start if another lane reads FHIR with other settings"));
        if (lane.isExactlyOnce()) {
            // Kafka Streams' transactional ids are the application id, a process id and a thread's number.
            ResourcePattern transactions = Grant.transactionsFrom(lane.applicationId() + '-');
            grant(role, transactions, WRITE, "commits results, state and offsets together, and fences zombies");
        }
    }

    private void operator() {
        String role = Catalogue.OPERATOR;
        for (Topic topic : catalogue.topics()) {
            ResourcePattern resource = Grant.topic(topic.fullName());
            grant(role, resource, CREATE, "creates it");
            grant(role, resource, ALTER_CONFIGS, "reads and changes its settings");
            if (!topic.keyedOrder()) {
                grant(role, resource, ALTER, "adds partitions; no reader relies on the order per key");
            } else if (!references().contains(topic)) {
                grant(role, resource, DESCRIBE, "plans and checks");
            }
        }
        for (Topic reference : references()) {
            grant(role, Grant.topic(reference.fullName()), READ, "compares reference data");
            grant(role, Grant.topic(reference.fullName()), WRITE, "applies reference data");
        }
        for (Lane lane : catalogue.lanes()) {
            grant(role, Grant.group(lane.applicationId()), DESCRIBE, "checks the lag");
            // Also those no longer declared: a topic that may not be described is not listed either.
            ResourcePattern internal = Grant.topicsFrom(lane.applicationId() + '-');
            grant(role, internal, DESCRIBE, "finds the lane's internal topics");
            for (String changelog : lane.internalTopics()) {
                grant(role, Grant.topic(changelog), DESCRIBE_CONFIGS, "checks that it is as declared");
            }
        }
        grant(role, Grant.topicsFrom(ClusterIdentity.markersLike(catalogue.where())), DESCRIBE, KNOWS_THE_CLUSTER);
        grant(role, Grant.topic(ClusterIdentity.marker(catalogue.where())), CREATE, "marks the cluster");
        grant(role, Grant.cluster(), DESCRIBE, "checks access rules");
        grant(role, Grant.cluster(), DESCRIBE_CONFIGS, "compares the brokers' settings with the environment");
    }

    /** Tables that the operator writes: a table that a client writes is left to that client. */
    private Set<Topic> references() {
        return new LinkedHashSet<>(catalogue.lanes().stream()
                .flatMap(lane -> lane.references().stream())
                .filter(topic -> catalogue.clients().stream()
                        .noneMatch(client -> client.writes().contains(topic)))
                .toList());
    }

    private void grant(String role, ResourcePattern resource, AclOperation operation, String why) {
        grants.add(Grant.on(role, catalogue.where().principalOf(role), resource, operation, why));
    }
}
