/** What a run is measured by: latencies from outside the pipeline, CPU times, and the machine it ran on. */
@NullMarked
package io.clinicalstreams.loadgen.measure;

import org.jspecify.annotations.NullMarked;
