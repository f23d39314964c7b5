package io.clinicalstreams.topics.render;

import java.util.Locale;

/** The kind of client whose settings are requested. */
public enum ClientKind {
    PRODUCER,
    CONSUMER,
    STREAMS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
