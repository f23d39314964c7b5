package io.clinicalstreams.cluster;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * Users with passwords (SASL/PLAIN, not encrypted: this machine only) and Kafka's own access rules. Without a rule a
 * user may do nothing, except {@code admin}, who may do everything and is also how brokers and controllers talk to each
 * other. {@code admin} gets a random password when the users do not name one.
 */
record PasswordSecurity(Map<String, String> users) implements BrokerSecurity {

    static final String ADMIN = "admin";
    /** Both go into a quoted JAAS value, so they hold nothing that would need quoting there. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9._!@#%+:/=-]+");

    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    PasswordSecurity {
        Map<String, String> all = new TreeMap<>(users);
        all.putIfAbsent(ADMIN, Uuid.randomUuid().toString());
        users = Map.copyOf(all);
    }

    /** Why these users cannot be had, if so. */
    static Optional<String> problem(Map<String, String> users) {
        return users.entrySet().stream()
                .filter(user -> !NAME.matcher(user.getKey()).matches()
                        || !PASSWORD.matcher(user.getValue()).matches())
                .map(user ->
                        "user " + user.getKey() + ": name must match " + NAME + " and password must match " + PASSWORD)
                .findFirst();
    }

    @Override
    public String protocol() {
        return "SASL_PLAINTEXT";
    }

    @Override
    public Map<String, String> brokerSettings() {
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

    @Override
    public Map<String, String> clientSettings(String user) {
        if (!users.containsKey(user)) {
            throw new IllegalArgumentException("no user " + user + " in this cluster");
        }
        return Map.of(
                "security.protocol", protocol(), "sasl.mechanism", "PLAIN", "sasl.jaas.config", login(user) + ";");
    }

    @Override
    public Map<String, String> adminSettings() {
        return clientSettings(ADMIN);
    }

    /** Names only: a record's own text would show the passwords. */
    @Override
    public String toString() {
        return "PasswordSecurity" + users.keySet();
    }

    private String login(String user) {
        return LOGIN + " username=\"" + user + "\" password=\"" + users.get(user) + "\"";
    }
}
