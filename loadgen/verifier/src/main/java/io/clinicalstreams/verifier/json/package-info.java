/** JSON with the byte range of each value, and its defects. */
@NullMarked
package io.clinicalstreams.verifier.json;

import org.jspecify.annotations.NullMarked;
