/** The search for the highest rate that a system bears. */
@NullMarked
package io.clinicalstreams.loadgen.capacity;

import org.jspecify.annotations.NullMarked;
