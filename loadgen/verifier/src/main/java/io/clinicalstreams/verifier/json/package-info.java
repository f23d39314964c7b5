/** JSON with the byte range of each value, and its defects; the XHTML in its texts. */
@NullMarked
package io.clinicalstreams.verifier.json;

import org.jspecify.annotations.NullMarked;
