/** Latency from the intended send time, measured from outside the pipeline. */
@NullMarked
package io.clinicalstreams.loadgen.measure;

import org.jspecify.annotations.NullMarked;
