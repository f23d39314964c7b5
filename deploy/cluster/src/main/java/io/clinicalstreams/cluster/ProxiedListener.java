package io.clinicalstreams.cluster;

import java.util.Map;

/**
 * A second listener for clients of a broker in an open cluster. The broker advertises a proxy's port, so that these clients' connections
 * can be cut while other clients and brokers keep theirs.
 *
 * @param port where the broker listens
 * @param advertised where the proxy listens
 */
public record ProxiedListener(int port, int advertised) {

    /** Adds it to a broker's other listeners. */
    void addTo(Map<String, String> settings, String protocol) {
        add(settings, "listeners", "PROXIED://" + BrokerAddress.HOST + ":" + port);
        add(settings, "advertised.listeners", "PROXIED://" + BrokerAddress.HOST + ":" + advertised);
        add(settings, "listener.security.protocol.map", "PROXIED:" + protocol);
    }

    private static void add(Map<String, String> settings, String list, String entry) {
        settings.merge(list, entry, (others, one) -> others + "," + one);
    }
}
