package io.clinicalstreams.pipeline.fhir.resource;

/** How much of a resource is built. What is checked, hence what is accepted, is the same at every depth. */
public enum Depth {
    /** Where a resource goes: type, patient, catalogue code. */
    ROUTING,
    /** Also what the rules need: the content of Observations and Patients. */
    CLINICAL
}
