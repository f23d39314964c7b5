/** Limits on a lane's input: bytes held in memory, work for one input, attempts at one offset. */
@NullMarked
package io.clinicalstreams.pipeline.input;

import org.jspecify.annotations.NullMarked;
