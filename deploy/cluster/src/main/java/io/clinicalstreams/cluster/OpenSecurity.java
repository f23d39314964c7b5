package io.clinicalstreams.cluster;

import java.util.Map;

/** Every client that reaches the port may do everything: for a laptop or a test. */
record OpenSecurity() implements BrokerSecurity {

    @Override
    public String protocol() {
        return "PLAINTEXT";
    }

    @Override
    public Map<String, String> brokerSettings() {
        return Map.of();
    }

    @Override
    public Map<String, String> clientSettings(String user) {
        return Map.of();
    }

    @Override
    public Map<String, String> adminSettings() {
        return Map.of();
    }

    @Override
    public Map<String, String> users() {
        return Map.of();
    }
}
