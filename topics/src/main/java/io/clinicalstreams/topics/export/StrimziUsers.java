package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;

/**
 * How the users of Strimzi's user operator come in. It knows two ways; each makes its own principal of a user's name.
 */
enum StrimziUsers {
    /** Clients are not authenticated. */
    NONE("", ""),
    /** By a certificate that the operator issues; the brokers take the user for {@code User:CN=} and its name. */
    TLS("tls", "User:CN="),
    /** By a password; the brokers take the user for {@code User:} and its name. */
    SCRAM("scram-sha-512", "User:");

    private static final String USER = "User:";

    private final String authentication;
    private final String beforeTheName;

    StrimziUsers(String authentication, String beforeTheName) {
        this.authentication = authentication;
        this.beforeTheName = beforeTheName;
    }

    /** @throws CommandException for a mechanism that the user operator has no users for */
    static StrimziUsers of(Security security) {
        if (security.protocol().startsWith("SASL_")) {
            if (!"SCRAM-SHA-512".equals(security.mechanism())) {
                throw new CommandException(
                        ExitCode.WRONG_USAGE,
                        "security: Strimzi's user operator has no users for " + security.mechanism()
                                + ": use SCRAM-SHA-512, or SSL with certificates");
            }
            return SCRAM;
        }
        return security.protocol().equals("SSL") ? TLS : NONE;
    }

    /** As the resource has it. */
    String authentication() {
        return authentication;
    }

    /**
     * The resource's name. Under TLS a principal without {@code CN=} is the user all the same: the operator writes the
     * rules for the one that the brokers see.
     *
     * @throws CommandException when no resource can have that name
     */
    String nameOf(String principal) {
        String name = principal.startsWith(beforeTheName)
                ? principal.substring(beforeTheName.length())
                : principal.substring(USER.length());
        if (!name.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?")) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "principal '" + principal + "' cannot be a KafkaUser: its name would have to be"
                            + " lower-case letters, digits, '-' and '.'");
        }
        return name;
    }
}
