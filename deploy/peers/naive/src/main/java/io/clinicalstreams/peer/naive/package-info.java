/** Topologies as most people write them, with HAPI. */
@NullMarked
package io.clinicalstreams.peer.naive;

import org.jspecify.annotations.NullMarked;
