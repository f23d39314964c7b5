/** Checks of the lanes' ledger: whether it accounts for all input, and agrees with everything else that can be read. */
@NullMarked
package io.clinicalstreams.verifier.ledger;

import org.jspecify.annotations.NullMarked;
