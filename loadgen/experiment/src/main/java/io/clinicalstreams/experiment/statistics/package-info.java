/** What repeated trials say: pure functions of their figures. */
@NullMarked
package io.clinicalstreams.experiment.statistics;

import org.jspecify.annotations.NullMarked;
