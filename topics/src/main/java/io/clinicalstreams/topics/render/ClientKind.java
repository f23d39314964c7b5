package io.clinicalstreams.topics.render;

import java.util.Locale;

/** Whose settings are asked for. */
public enum ClientKind {
    PRODUCER,
    CONSUMER,
    STREAMS;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
