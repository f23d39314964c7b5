package io.clinicalstreams.pipeline.step;

import org.jspecify.annotations.Nullable;

/**
 * The result of one resource in the recording lane: its destination and the bytes to write.
 *
 * @param value the received bytes of the resource; null only for a quarantined tombstone
 */
public record Outcome(Destination destination, byte @Nullable [] value) {}
