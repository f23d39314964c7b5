/** The verifier's input: topics, read from a mark on. */
@NullMarked
package io.clinicalstreams.verifier.source;

import org.jspecify.annotations.NullMarked;
