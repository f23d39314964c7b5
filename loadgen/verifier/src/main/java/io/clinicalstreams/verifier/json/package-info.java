/** JSON with the position of each value in its bytes, and what is wrong with it. */
@NullMarked
package io.clinicalstreams.verifier.json;

import org.jspecify.annotations.NullMarked;
