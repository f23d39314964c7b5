package io.clinicalstreams.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of this machine, below the range that operating systems use for outgoing connections: a broker that is
 * down must find its port free again, and a client that keeps trying a dead port in that range can connect to itself.
 */
final class Ports {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 10_000;
    private static final int CONNECT_MILLIS = 500;

    private Ports() {}

    /**
     * Picks free ports, none of them in {@code taken}. Another process may still take one first: the start must handle
     * that.
     */
    static Set<Integer> free(int count, Set<Integer> taken) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int attempt = 0; attempt < ATTEMPTS && found.size() < count; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!taken.contains(port) && !found.contains(port) && isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new ClusterException("no " + count + " free ports between " + LOWEST + " and " + HIGHEST);
        }
        return found;
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true); // as the broker does: old connections in TIME_WAIT do not matter
            socket.bind(here(port));
        } catch (IOException taken) {
            return false;
        }
        return !accepts(port); // macOS lets a second socket bind although one listens on all addresses
    }

    /** Whether something listens on the port. */
    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(here(port), CONNECT_MILLIS);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /** {@link BrokerAddress#HOST} as an address, without a lookup. */
    private static InetSocketAddress here(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
    }
}
