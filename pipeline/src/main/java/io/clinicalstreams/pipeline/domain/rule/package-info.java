/** Alert rules: the kinds of rules, and how each assesses a reading. */
@NullMarked
package io.clinicalstreams.pipeline.domain.rule;

import org.jspecify.annotations.NullMarked;
