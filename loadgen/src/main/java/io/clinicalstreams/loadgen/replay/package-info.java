/** Recorded FHIR files as input: split, keyed by patient and, if requested, shifted in time. */
@NullMarked
package io.clinicalstreams.loadgen.replay;

import org.jspecify.annotations.NullMarked;
