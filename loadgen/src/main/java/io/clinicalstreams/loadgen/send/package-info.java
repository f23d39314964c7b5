/** Sends records on a fixed schedule, late or not: an open loop, so that a slow system cannot slow its own load down. */
@NullMarked
package io.clinicalstreams.loadgen.send;

import org.jspecify.annotations.NullMarked;
