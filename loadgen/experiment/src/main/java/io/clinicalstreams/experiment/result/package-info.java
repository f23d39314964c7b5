/** Result files: what was run where, every trial's figures, and what follows from them. */
@NullMarked
package io.clinicalstreams.experiment.result;

import org.jspecify.annotations.NullMarked;
