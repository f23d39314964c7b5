/** Faults planted into the real lanes, and the check of the verdict that must see each of them. */
@NullMarked
package io.clinicalstreams.verifier.fault;

import org.jspecify.annotations.NullMarked;
