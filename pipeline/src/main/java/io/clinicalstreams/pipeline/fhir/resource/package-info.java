/**
 * Reads one resource, alone or as an entry of a Bundle: a reader for each type that has an output topic reads the
 * elements it needs and checks the type's rules. The result is a
 * {@link io.clinicalstreams.pipeline.fhir.resource.Finding}.
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir.resource;

import org.jspecify.annotations.NullMarked;
