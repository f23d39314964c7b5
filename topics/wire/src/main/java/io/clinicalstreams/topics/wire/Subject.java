package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.Nullable;

/** The parts of a FHIR Reference that identify its target. */
public interface Subject {

    /** {@code Reference.reference}; null when there is none. */
    @Nullable
    String text();

    /** {@code Reference.reference}, parsed; null when there is none. */
    @Nullable
    Reference reference();

    /** {@code Reference.type}, the name of a resource type; null when there is none. */
    @Nullable
    String type();

    /** {@code Reference.identifier.system}; null when there is none. */
    @Nullable
    String system();

    /** {@code Reference.identifier} as {@code system|value}; null without a value. */
    @Nullable
    String logical();
}
