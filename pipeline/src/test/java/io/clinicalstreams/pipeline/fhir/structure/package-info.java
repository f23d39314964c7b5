@NullMarked
package io.clinicalstreams.pipeline.fhir.structure;

import org.jspecify.annotations.NullMarked;
