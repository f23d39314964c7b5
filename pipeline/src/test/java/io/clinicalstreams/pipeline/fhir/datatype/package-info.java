/** Tests of the package of this name. */
@NullMarked
package io.clinicalstreams.pipeline.fhir.datatype;

import org.jspecify.annotations.NullMarked;
