package io.clinicalstreams.pipeline.step;

import org.jspecify.annotations.Nullable;

/**
 * What became of one resource in the recording lane: where it goes and the bytes that go there.
 *
 * @param value the received bytes of the resource; null only for a quarantined tombstone
 */
public record Outcome(Destination destination, byte @Nullable [] value) {}
