/**
 * How large a cluster and the lanes must be for a load: {@code topics size}. The formulas are pure records; each can
 * print itself with its numbers.
 */
@NullMarked
package io.clinicalstreams.topics.size;

import org.jspecify.annotations.NullMarked;
