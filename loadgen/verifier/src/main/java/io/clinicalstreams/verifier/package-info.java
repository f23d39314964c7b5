/**
 * The verdict on a run, from outside: the topics are read back and every resource is matched with what became of it, by
 * its coordinates. The guarantees of the system are classes here, for tests and benchmarks alike.
 */
@NullMarked
package io.clinicalstreams.verifier;

import org.jspecify.annotations.NullMarked;
