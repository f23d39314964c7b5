/** Sends records on a fixed schedule, late or not: an open loop, so that a slow system does not slow down its load. */
@NullMarked
package io.clinicalstreams.loadgen.send;

import org.jspecify.annotations.NullMarked;
