/** Alert rules: their kinds, and what a reading means to each. */
@NullMarked
package io.clinicalstreams.pipeline.domain.rule;

import org.jspecify.annotations.NullMarked;
