package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.Catalogue;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics that a command needs are not on the cluster: the same line in every command. */
public final class MissingTopicException extends UnknownTopicOrPartitionException {

    private static final long serialVersionUID = 1L;

    /**
     * @param names the topics' names on the cluster
     * @param client settings of a client, with the address of the cluster
     */
    public MissingTopicException(Catalogue catalogue, Collection<String> names, Map<String, ?> client) {
        super("topics are missing: " + names.stream().sorted().collect(Collectors.joining(", ")) + "; "
                + remedy(catalogue, names, client));
    }

    private static String remedy(Catalogue catalogue, Collection<String> names, Map<String, ?> client) {
        Object address = client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        boolean isListed = catalogue.topics().stream().anyMatch(topic -> names.contains(topic.fullName()));
        return isListed
                ? "create them with 'topics apply -e " + catalogue.environment() + " --bootstrap-server " + address
                        + "'"
                : "neither the cluster at " + address + " nor the catalogue has them";
    }
}
