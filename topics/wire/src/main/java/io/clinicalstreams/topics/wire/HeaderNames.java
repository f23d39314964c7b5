package io.clinicalstreams.topics.wire;

/**
 * The record headers of the clinical topics. Every value is ASCII text, readable in Kafka's own tools. None identifies
 * a patient: headers end up in logs and tools that must not see patient data.
 */
public final class HeaderNames {

    /** {@link Coordinates} of the input that this record was made from, unchanged by re-keying. On every output. */
    public static final String ORIGIN = "origin";

    /** When the sender intended to send the input: microseconds since the epoch. Optional; copied to every output. */
    public static final String SENT_AT = "sent-at";

    /** The input's timestamp in the first topic: milliseconds since the epoch. On re-keyed records only. */
    public static final String RECEIVED_AT = "received-at";

    /**
     * {@code state}, {@code observation} or {@code encounter}: what a duplicate forwards to the Patient that replaces it.
     * On re-keyed records only.
     */
    public static final String MERGE = "merge";

    /** How many times it was forwarded: a Patient that replaces another may be replaced itself. */
    public static final String MERGE_HOPS = "merge-hops";

    /** Why the record is in quarantine: a reason code. On rejected records only. */
    public static final String REASON = "reason";

    /** {@code true} if the value was too large to keep and a description replaces it. */
    public static final String VALUE_OMITTED = "value-omitted";

    /** {@code true} if the key was left out because the key alone is too large for quarantine. */
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
