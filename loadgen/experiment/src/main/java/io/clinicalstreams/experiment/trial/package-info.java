/** Trials: what they do, in a JVM of their own, and on which cluster. */
@NullMarked
package io.clinicalstreams.experiment.trial;

import org.jspecify.annotations.NullMarked;
