package io.clinicalstreams.topics.terminal;

import org.apache.kafka.common.KafkaException;

/** No client was opened, and the message is the whole line that says why. */
final class UnusableCluster extends KafkaException {

    private static final long serialVersionUID = 1L;

    private final boolean misconfigured;

    private UnusableCluster(String line, boolean misconfigured) {
        super(line);
        this.misconfigured = misconfigured;
    }

    /** What is there is not a cluster. */
    static UnusableCluster away(String line) {
        return new UnusableCluster(line, false);
    }

    /** What was given opens no client. */
    static UnusableCluster misconfigured(String line) {
        return new UnusableCluster(line, true);
    }

    boolean isMisconfigured() {
        return misconfigured;
    }
}
