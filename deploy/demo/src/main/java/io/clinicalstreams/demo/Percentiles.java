package io.clinicalstreams.demo;

import org.jspecify.annotations.Nullable;

/** A distribution in four numbers, in milliseconds; null, not zero, when nothing was measured. */
public record Percentiles(
        @Nullable Double p50,
        @Nullable Double p99,
        @Nullable Double p999,
        @Nullable Double max) {

    public static final Percentiles NONE = new Percentiles(null, null, null, null);
}
