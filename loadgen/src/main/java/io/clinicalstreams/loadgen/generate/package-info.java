/** Synthetic FHIR R4 input: the same seed gives the same bytes in the same order. */
@NullMarked
package io.clinicalstreams.loadgen.generate;

import org.jspecify.annotations.NullMarked;
