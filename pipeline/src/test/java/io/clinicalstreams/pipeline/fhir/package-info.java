/** Tests of reading FHIR: each promise a sentence, and HAPI, Jackson and java.time as judges of what is right. */
@NullMarked
package io.clinicalstreams.pipeline.fhir;

import org.jspecify.annotations.NullMarked;
