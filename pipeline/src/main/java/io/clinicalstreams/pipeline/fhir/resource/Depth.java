package io.clinicalstreams.pipeline.fhir.resource;

/** How much of a resource is built. The checks, and so what is accepted, are the same at every depth. */
public enum Depth {
    /** What decides its topic and key: type, patient, catalogue code. */
    ROUTING,
    /** In addition, what the rules need: the content of Observations and Patients. */
    CLINICAL
}
