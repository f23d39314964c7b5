/** Tests of reading FHIR, with HAPI, Jackson and java.time as oracles. */
@NullMarked
package io.clinicalstreams.pipeline.fhir;

import org.jspecify.annotations.NullMarked;
