/** Clinical data about a patient, as plain Java: readings, values, units and times. */
@NullMarked
package io.clinicalstreams.pipeline.domain.observation;

import org.jspecify.annotations.NullMarked;
