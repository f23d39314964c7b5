package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.pipeline.input.MemoryPlan;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.cluster.BrokerLimits;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterIdentity;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.Reachability;
import io.clinicalstreams.topics.plan.BrokerComparison;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the cluster must have before a lane starts. */
record StartupChecks(LaneSettings settings, Catalogue catalogue) {

    private static final Logger LOG = LoggerFactory.getLogger(StartupChecks.class);

    /** Time for the broker to remove a member whose session ended. */
    private static final Duration SESSION_MARGIN = Duration.ofSeconds(5);

    /**
     * What a lane has to know of its cluster.
     *
     * @param partitions of each source
     * @param brokers that are there now
     */
    record Found(int partitions, int brokers) {}

    /**
     * Checks the cluster, waits until the lane's predecessor and disagreeing members have left, and sets first offsets.
     *
     * @throws StartupException if the cluster does not have what the lane needs
     */
    Found demand(Lane lane, StreamsConfig streamsConfig, InstanceLock instanceLock) throws InterruptedException {
        LaneTopics topics = new LaneTopics(catalogue, lane);
        otherStandbys(streamsConfig)
                .ifPresent(line -> LOG.atWarn().addKeyValue("lane", lane.name()).log(line));
        try (Admin admin = reachedAdmin()) {
            demandOfCluster(lane, ClusterIdentity.of(admin, catalogue.where()));
            ClusterState present = new ClusterReader(admin).read(topics.names());
            topics.demand(present, settings.admin());
            topics.unlimited(present).forEach(topic -> LOG.atWarn()
                    .addKeyValue("lane", lane.name())
                    .addKeyValue("topic", topic)
                    .log("the brokers do not enforce " + MemoryPlan.INFLATED
                            + ": one record that inflates beyond the heap ends the process"));
            BrokerLimits limits = BrokerLimits.of(admin);
            demandOfBrokers(lane, streamsConfig, new BrokerComparison(catalogue, present, limits));
            instanceLock.fencePredecessor(admin);
            new LaneAgreement(catalogue, lane)
                    .await(admin, settings.longestSession().plus(SESSION_MARGIN));
            new InputPositions(admin, lane)
                    .prepare(topics.partitions(), settings.config().acceptExpiredInput());
            return new Found(topics.partitions(), limits.brokers());
        } catch (KafkaException failure) {
            throw unprepared(lane.name(), failure);
        }
    }

    /** For experiments; a size that was computed for the environment does not count it. */
    Optional<String> otherStandbys(StreamsConfig config) {
        int standbys = config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG);
        int wanted = catalogue.where().standbyReplicas();
        return standbys == wanted
                ? Optional.empty()
                : Optional.of(
                        "num.standby.replicas is %d, but topics size computes with standby-replicas: %d of environments/%s.yaml"
                                .formatted(standbys, wanted, catalogue.environment()));
    }

    private void demandOfCluster(Lane lane, ClusterIdentity cluster) {
        cluster.refusal(catalogue).ifPresent(why -> {
            throw new StartupException("lane " + lane.name() + " does not start: " + why
                    + ". Select the right one with --environment, or name the cluster with cluster-id in environments/"
                    + catalogue.environment() + ".yaml");
        });
        if (!cluster.isOf(catalogue.where()) && !cluster.unknown().isEmpty()) {
            warn(lane, "cannot tell whose cluster this is", cluster.unknown());
        }
    }

    /** Without this check, a client that the brokers refuse would name neither the setting nor the broker. */
    private static void demandOfBrokers(Lane lane, StreamsConfig config, BrokerComparison brokers) {
        List<String> refusals = BrokerComparison.refusals(lane.name(), config, brokers.brokers());
        if (!refusals.isEmpty()) {
            throw new StartupException("lane " + lane.name() + " does not start: " + String.join("; ", refusals));
        }
        brokers.withoutLanes()
                .forEach(line -> LOG.atWarn().addKeyValue("lane", lane.name()).log(line));
        brokers.unknown().forEach(line -> warn(lane, "cannot tell whether the brokers' settings allow the lane", line));
    }

    private static void warn(Lane lane, String what, String reason) {
        LOG.atWarn()
                .addKeyValue("lane", lane.name())
                .addKeyValue("reason", reason)
                .log(what);
    }

    /** @throws CommandException if the cluster cannot be reached, or no client can be created */
    private Admin reachedAdmin() {
        Map<String, Object> clients = settings.admin();
        Reachability.demand(clients);
        try {
            return Admin.create(clients);
        } catch (KafkaException misconfigured) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "no client can be created with these settings: " + ClusterAnswer.inWords(misconfigured));
        }
    }

    StartupException unprepared(String lane, KafkaException failure) {
        return new StartupException("cannot prepare lane " + lane + " on "
                + settings.config().bootstrapServers() + ": " + ClusterAnswer.inWords(failure));
    }
}
