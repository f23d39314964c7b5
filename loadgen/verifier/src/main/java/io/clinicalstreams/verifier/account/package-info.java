/** The outcome of each resource, and the guarantees derived from it. */
@NullMarked
package io.clinicalstreams.verifier.account;

import org.jspecify.annotations.NullMarked;
