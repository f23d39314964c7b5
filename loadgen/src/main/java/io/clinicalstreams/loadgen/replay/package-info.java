/** Recorded FHIR files as input: split, keyed by patient and, if wanted, moved in time. */
@NullMarked
package io.clinicalstreams.loadgen.replay;

import org.jspecify.annotations.NullMarked;
