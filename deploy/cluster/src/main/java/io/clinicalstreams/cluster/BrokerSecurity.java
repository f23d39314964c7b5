package io.clinicalstreams.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Authentication of a cluster. On an open cluster every client may do everything. Otherwise users log in with passwords
 * (SASL/PLAIN, unencrypted: this machine only) and may do what Kafka's access rules allow; {@code admin} may do
 * everything, and is also the user of brokers and controllers.
 *
 * @param users passwords by user name; empty for an open cluster
 */
record BrokerSecurity(Map<String, String> users) {

    static final String ADMIN = "admin";

    /** Both are part of a quoted JAAS value, so they must not contain characters that need escaping. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9._!@#%+:/=-]+");

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    BrokerSecurity {
        users = Map.copyOf(users);
    }

    static BrokerSecurity open() {
        return new BrokerSecurity(Map.of());
    }

    /** Adds a random password for {@code admin} unless the users include one. */
    static BrokerSecurity withPasswords(Map<String, String> users) {
        Map<String, String> all = new TreeMap<>(users);
        all.putIfAbsent(ADMIN, Uuid.randomUuid().toString());
        return new BrokerSecurity(all);
    }

    /** The problem with these users, if any. */
    static Optional<String> problem(Map<String, String> users) {
        return users.entrySet().stream()
                .filter(user -> !NAME.matcher(user.getKey()).matches()
                        || !PASSWORD.matcher(user.getValue()).matches())
                .map(user ->
                        "user " + user.getKey() + ": name must match " + NAME + " and password must match " + PASSWORD)
                .findFirst();
    }

    boolean isOpen() {
        return users.isEmpty();
    }

    /** Kafka's name for the protocol of every listener. */
    String protocol() {
        return isOpen() ? "PLAINTEXT" : "SASL_PLAINTEXT";
    }

    /** Settings of the brokers beyond the listeners' protocol. */
    Map<String, String> brokerSettings() {
        if (isOpen()) {
            return Map.of();
        }
        String login = login(ADMIN)
                + new TreeMap<>(users)
                        .entrySet().stream()
                                .map(user -> " user_" + user.getKey() + "=\"" + user.getValue() + "\"")
                                .collect(Collectors.joining())
                + ";";
        return Map.of(
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "sasl.mechanism.controller.protocol", "PLAIN",
                "listener.name.client.plain.sasl.jaas.config", login,
                "listener.name.controller.plain.sasl.jaas.config", login,
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found", "false",
                "super.users", "User:" + ADMIN);
    }

    /** The client settings of this user. */
    Map<String, String> clientSettings(String user) {
        if (isOpen()) {
            return Map.of();
        }
        if (!users.containsKey(user)) {
            throw new IllegalArgumentException("no user " + user + " in this cluster");
        }
        return Map.of(
                "security.protocol", protocol(), "sasl.mechanism", "PLAIN", "sasl.jaas.config", login(user) + ";");
    }

    /** The client settings of {@code admin}, who may do everything. */
    Map<String, String> adminSettings() {
        return clientSettings(ADMIN);
    }

    /** Only the names: the default text would show the passwords. */
    @Override
    public String toString() {
        return "BrokerSecurity" + users.keySet();
    }

    private String login(String user) {
        return LOGIN + " username=\"" + user + "\" password=\"" + users.get(user) + "\"";
    }
}
