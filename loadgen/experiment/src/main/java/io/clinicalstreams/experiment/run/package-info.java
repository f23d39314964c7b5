/** A run of an experiment: its trials in order, each result kept. */
@NullMarked
package io.clinicalstreams.experiment.run;

import org.jspecify.annotations.NullMarked;
