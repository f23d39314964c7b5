package io.clinicalstreams.topics.cluster;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.QuorumInfo;
import org.apache.kafka.clients.admin.QuorumInfo.ReplicaState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The log in which the controllers store cluster metadata. Every broker reads it at its own pace and answers from what
 * it has read; an admin client cannot choose the broker that answers.
 */
public record MetadataLog(Admin admin) {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    /**
     * Waits until every live broker has read everything written so far, as far as the cluster reports it.
     *
     * @return whether that happened within 30 s
     */
    public boolean awaitEverywhere() {
        OptionalLong end = end();
        return end.isEmpty() || ClusterAnswer.eventually(AT_MOST, () -> isReadUpTo(end.getAsLong()));
    }

    /** The current end; empty if the cluster does not report it to this client. */
    public OptionalLong end() {
        return quorum().map(info -> info.voters().stream()
                        .mapToLong(ReplicaState::logEndOffset)
                        .max())
                .orElse(OptionalLong.empty());
    }

    /** Whether every live broker has read the log up to this offset, as far as the cluster reports it. */
    public boolean isReadUpTo(long end) {
        Optional<QuorumInfo> info = quorum();
        if (info.isEmpty()) {
            return true;
        }
        Set<Integer> alive = ClusterAnswer.of(admin.describeCluster().nodes()).stream()
                .map(Node::id)
                .collect(Collectors.toSet());
        return Stream.concat(info.get().voters().stream(), info.get().observers().stream())
                .filter(replica -> alive.contains(replica.replicaId()))
                .allMatch(replica -> replica.logEndOffset() >= end);
    }

    private Optional<QuorumInfo> quorum() {
        try {
            return Optional.of(ClusterAnswer.of(admin.describeMetadataQuorum().quorumInfo()));
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException untold) {
            return Optional.empty();
        }
    }
}
