/**
 * What has to become of each received resource, judged from the input bytes alone. It shares no code with the pipeline,
 * so that a mistake there cannot hide here.
 */
@NullMarked
package io.clinicalstreams.verifier.classify;

import org.jspecify.annotations.NullMarked;
