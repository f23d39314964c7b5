package io.clinicalstreams.topics.access;

import io.clinicalstreams.topics.Environment;

/**
 * Who the brokers take each part of the system for, in one environment. The roles are {@code gateway}, each lane by its
 * name, {@code alert-consumer} and {@code operator}.
 */
record Principals(Environment where) {

    static final String GATEWAY = "gateway";
    static final String ALERT_CONSUMER = "alert-consumer";
    static final String OPERATOR = "operator";

    private static final String USER = "User:";
    private static final String ALL = "clinical-";

    /** The role's principal as Kafka writes it, for example {@code User:clinical-recording}. */
    String of(String role) {
        return where.principals().getOrDefault(role, USER + environmentName() + ALL + role);
    }

    /** {@code staging-} where topics are prefixed {@code staging.}: one name must not open two environments. */
    private String environmentName() {
        return where.namePrefix().replace('.', '-');
    }
}
