/**
 * The expected outcome of each received resource, from the input bytes alone. No code is shared with the pipeline, so a
 * bug there is not repeated here.
 */
@NullMarked
package io.clinicalstreams.verifier.classify;

import org.jspecify.annotations.NullMarked;
