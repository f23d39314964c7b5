package io.clinicalstreams.loadgen.generate;

/** Under which key and on which partition a generated record is sent. */
public enum Keying {
    /** The patient's key, on the partition that Kafka's own hash of it names. */
    RIGHT,
    /** No key at all, as from a gateway that never heard of keys. */
    NO_KEY,
    /** The key of another patient. */
    OTHER_PATIENT,
    /** The patient's key, on a partition that another client's hash might have named. */
    OTHER_PARTITION
}
