/**
 * Says what a reference means: which patient it names, what it is relative to, and what it has to become when its resource
 * leaves its Bundle.
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir.reference;

import org.jspecify.annotations.NullMarked;
