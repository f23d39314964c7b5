package io.clinicalstreams.topics.wire;

/**
 * The record headers of the clinical topics. Every value is ASCII text, so that Kafka's own tools show it. None ever
 * says who a record is about: headers end up in logs and tools that may not know.
 */
public final class HeaderNames {

    /** {@link Coordinates} of the input that caused the record, kept through re-keying. On every output. */
    public static final String ORIGIN = "origin";

    /** When the sender meant to send the input: microseconds since the epoch. Optional; handed on to every output. */
    public static final String SENT_AT = "sent-at";

    /** When the first topic took the input: milliseconds since the epoch. On re-keyed records only. */
    public static final String RECEIVED_AT = "received-at";

    /** Why the record is in quarantine: the name of one reason code. On rejected records only. */
    public static final String REASON = "reason";

    /** {@code true} where the value was too large to keep and is a description of it instead. */
    public static final String VALUE_OMITTED = "value-omitted";

    /** {@code true} where a rejected record's key is left out because it is too large for quarantine by itself. */
    public static final String KEY_OMITTED = "key-omitted";

    /** The alert's id, version, rule, severity and transition, so that a consumer can filter without parsing. */
    public static final String ALERT_ID = "alert-id";

    public static final String ALERT_VERSION = "alert-version";
    public static final String RULE = "rule";
    public static final String RULE_VERSION = "rule-version";
    public static final String SEVERITY = "severity";
    public static final String TRANSITION = "transition";

    private HeaderNames() {}
}
