package io.clinicalstreams.topics.cluster;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * The addresses of a cluster's bootstrap servers. Invalid addresses are left out: Kafka's clients refuse them with a
 * message. Hand-written: Kafka's own parser does not name a host that it cannot resolve.
 *
 * @param each the addresses; unresolved if the host is unknown
 */
record BootstrapAddresses(List<InetSocketAddress> each) {

    BootstrapAddresses {
        each = List.copyOf(each);
    }

    static BootstrapAddresses of(String bootstrapServers) {
        return new BootstrapAddresses(Arrays.stream(bootstrapServers.split(",", -1))
                .map(String::strip)
                .filter(address -> Utils.getHost(address) != null && isPort(Utils.getPort(address)))
                .map(address -> new InetSocketAddress(Utils.getHost(address), Utils.getPort(address)))
                .toList());
    }

    private static boolean isPort(Integer port) {
        return port != null && port >= 0 && port <= 0xFFFF;
    }

    /** Whether no host can be resolved, so that no client can be created. */
    boolean areUnresolved() {
        return !each.isEmpty() && known().isEmpty();
    }

    /** The resolved addresses. */
    List<InetSocketAddress> known() {
        return each.stream().filter(address -> !address.isUnresolved()).toList();
    }
}
