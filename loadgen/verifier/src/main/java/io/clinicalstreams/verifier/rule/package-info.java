/** Alert rules as their specification says, with a hand-made unit table: what one rule makes of one result. */
@NullMarked
package io.clinicalstreams.verifier.rule;

import org.jspecify.annotations.NullMarked;
