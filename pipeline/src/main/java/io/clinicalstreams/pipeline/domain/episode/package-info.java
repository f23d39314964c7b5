/** The state of a patient: alert episodes and what is kept of forgotten ones. */
@NullMarked
package io.clinicalstreams.pipeline.domain.episode;

import org.jspecify.annotations.NullMarked;
