package io.clinicalstreams.pipeline.domain.observation;

import org.jspecify.annotations.Nullable;

/**
 * A code in a code system, like FHIR's Coding: {@code http://loinc.org}, {@code 2823-3}. Either part may be missing in
 * real data.
 */
public record Coding(@Nullable String system, @Nullable String code) {}
