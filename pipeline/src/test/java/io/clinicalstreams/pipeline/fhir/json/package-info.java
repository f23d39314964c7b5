/** Tests of the package of this name. */
@NullMarked
package io.clinicalstreams.pipeline.fhir.json;

import org.jspecify.annotations.NullMarked;
