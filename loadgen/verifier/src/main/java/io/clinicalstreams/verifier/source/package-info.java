/** What the verifier reads: the topics, from a mark on, and what the headers of a record say. */
@NullMarked
package io.clinicalstreams.verifier.source;

import org.jspecify.annotations.NullMarked;
