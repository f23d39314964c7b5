package io.clinicalstreams.cluster;

import java.util.Map;

/** How the brokers authenticate and authorize their clients; each case adds its own settings. */
sealed interface BrokerSecurity permits OpenSecurity, PasswordSecurity {

    /** Kafka's name of the protocol on every listener: PLAINTEXT, SASL_PLAINTEXT. */
    String protocol();

    /** Settings of the brokers beyond the listeners' protocol. */
    Map<String, String> brokerSettings();

    /** What a client of this user must set to connect. */
    Map<String, String> clientSettings(String user);

    /** What a client must set to be allowed everything. */
    Map<String, String> adminSettings();

    /** The users and their passwords, to be kept in the cluster's folder. */
    Map<String, String> users();

    /** The case for these users; none: open to all. */
    static BrokerSecurity of(Map<String, String> users) {
        return users.isEmpty() ? new OpenSecurity() : new PasswordSecurity(users);
    }
}
