package io.clinicalstreams.pipeline.fhir.resource;

/** The resource types that have an output topic. */
public enum RoutedType {
    OBSERVATION,
    MEDICATION_REQUEST,
    ENCOUNTER,
    MEDICATION_KNOWLEDGE
}
