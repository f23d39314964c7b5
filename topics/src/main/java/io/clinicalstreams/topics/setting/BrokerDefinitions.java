package io.clinicalstreams.topics.setting;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.Range.atLeast;
import static org.apache.kafka.common.config.ConfigDef.Type.INT;

import org.apache.kafka.common.config.ConfigDef;

/**
 * The broker settings that limit clients, with Kafka's defaults. An environment states its brokers' values; this
 * program never changes them. A test compares the defaults with the broker's.
 */
public final class BrokerDefinitions {

    public static final String TRANSACTION_MAX_TIMEOUT = "transaction.max.timeout.ms";
    public static final String REQUEST_MAX_BYTES = "socket.request.max.bytes";
    public static final String SESSION_AT_LEAST = "group.min.session.timeout.ms";
    public static final String SESSION_AT_MOST = "group.max.session.timeout.ms";

    private BrokerDefinitions() {}

    public static ConfigDef configDef() {
        return new ConfigDef()
                .define(TRANSACTION_MAX_TIMEOUT, INT, 900_000, atLeast(1), MEDIUM, "")
                .define(REQUEST_MAX_BYTES, INT, 104_857_600, atLeast(1), MEDIUM, "")
                .define(SESSION_AT_LEAST, INT, 6_000, atLeast(0), MEDIUM, "")
                .define(SESSION_AT_MOST, INT, 1_800_000, atLeast(1), MEDIUM, "");
    }
}
