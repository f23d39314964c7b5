package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requireText;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How clients of an environment connect to its brokers. Never a secret: secrets are in the file named by
 * {@code --command-config} or in the service's settings.
 *
 * @param protocol Kafka's {@code security.protocol}
 * @param mechanism Kafka's {@code sasl.mechanism}; only with a SASL protocol
 */
public record Security(String protocol, @Nullable String mechanism) {

    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Set<String> MECHANISMS =
            Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER", "GSSAPI");

    /** The default of an environment: Kafka's own default. */
    public static final Security OPEN = new Security("PLAINTEXT", null);

    public Security {
        requireText("protocol", protocol);
        requireOneOf("protocol", PROTOCOLS, protocol);
        if (!protocol.startsWith("SASL_") && mechanism != null) {
            throw new IllegalArgumentException("mechanism: " + protocol + " has none, was '" + mechanism + "'");
        }
        if (protocol.startsWith("SASL_")) {
            requireOneOf("mechanism", MECHANISMS, requireText("mechanism", mechanism));
        }
        if (protocol.equals("SASL_PLAINTEXT") && "PLAIN".equals(mechanism)) {
            throw new IllegalArgumentException("mechanism: PLAIN sends the password unencrypted; it requires SASL_SSL");
        }
    }

    private static void requireOneOf(String path, Set<String> known, String value) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException(path + ": must be one of "
                    + String.join(", ", known.stream().sorted().toList()) + ", was '" + value + "'");
        }
    }

    /** The settings for a Kafka client. */
    public Map<String, String> clientSettings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("security.protocol", protocol);
        if (mechanism != null) {
            settings.put("sasl.mechanism", mechanism);
        }
        return settings;
    }
}
