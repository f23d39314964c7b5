/** What is remembered of a patient: alert episodes and what is left of forgotten ones. */
@NullMarked
package io.clinicalstreams.pipeline.domain.episode;

import org.jspecify.annotations.NullMarked;
