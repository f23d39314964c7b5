/**
 * Judges a run from outside: reads the topics back and matches every resource with its outcome, by its coordinates. The
 * guarantees of the system are classes here, for tests and benchmarks alike.
 */
@NullMarked
package io.clinicalstreams.verifier;

import org.jspecify.annotations.NullMarked;
