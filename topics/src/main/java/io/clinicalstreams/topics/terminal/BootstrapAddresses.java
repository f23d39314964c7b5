package io.clinicalstreams.topics.terminal;

import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * Where a cluster is asked for first. What is no address is left out: Kafka's clients refuse it, and say which it is.
 *
 * @param each looked up, and unresolved where the host is unknown
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

    /** Whether no host of theirs has an address, so that no client can be opened. */
    boolean areNowhere() {
        return !each.isEmpty() && known().isEmpty();
    }

    /** Those that can be spoken to. */
    List<InetSocketAddress> known() {
        return each.stream().filter(address -> !address.isUnresolved()).toList();
    }
}
