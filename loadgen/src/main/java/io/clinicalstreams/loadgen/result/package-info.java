/** The result of a run as a file: what was run, what it did, and samples of each second. */
@NullMarked
package io.clinicalstreams.loadgen.result;

import org.jspecify.annotations.NullMarked;
