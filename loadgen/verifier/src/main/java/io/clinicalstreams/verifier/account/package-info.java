/** What became of each resource, and the guarantees that follow from it. */
@NullMarked
package io.clinicalstreams.verifier.account;

import org.jspecify.annotations.NullMarked;
