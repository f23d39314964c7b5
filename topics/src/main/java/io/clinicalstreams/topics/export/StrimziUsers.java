package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/**
 * How users of Strimzi's user operator authenticate. It supports two ways; each derives its own principal from a user's
 * name.
 */
enum StrimziUsers {
    /** Clients are not authenticated. */
    NONE("", ""),
    /** By a certificate that the operator issues; the principal is {@code User:CN=} and the user's name. */
    TLS("tls", "User:CN="),
    /** By a password; the principal is {@code User:} and the user's name. */
    SCRAM("scram-sha-512", "User:");

    private static final String USER = "User:";

    private final String authentication;
    private final String beforeTheName;

    StrimziUsers(String authentication, String beforeTheName) {
        this.authentication = authentication;
        this.beforeTheName = beforeTheName;
    }

    /** @throws CommandException for a mechanism that the user operator does not support */
    static StrimziUsers of(Security security) {
        if (security.protocol().startsWith("SASL_")) {
            if (!"SCRAM-SHA-512".equals(security.mechanism())) {
                throw new CommandException(
                        ExitCode.WRONG_USAGE,
                        "security: Strimzi's user operator does not support " + security.mechanism()
                                + ": use SCRAM-SHA-512, or SSL with certificates");
            }
            return SCRAM;
        }
        return security.protocol().equals("SSL") ? TLS : NONE;
    }

    /** The value in the resource. */
    String authentication() {
        return authentication;
    }

    /**
     * The resource's name. Under TLS it is also the user for a principal without {@code CN=}: the operator writes the
     * rules for the principal that the brokers see.
     *
     * @throws CommandException if no resource can have that name
     */
    String nameOf(String principal) {
        String name = principal.startsWith(beforeTheName)
                ? principal.substring(beforeTheName.length())
                : principal.substring(USER.length());
        if (!name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "principal '" + principal + "' cannot be a KafkaUser: its name must consist of"
                            + " lower-case letters, digits, '-' and '.'");
        }
        return name;
    }
}
