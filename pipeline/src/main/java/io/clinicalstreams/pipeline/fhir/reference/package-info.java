/** Resolves references: the patient they name, the server they are relative to, and their form outside the Bundle. */
@NullMarked
package io.clinicalstreams.pipeline.fhir.reference;

import org.jspecify.annotations.NullMarked;
