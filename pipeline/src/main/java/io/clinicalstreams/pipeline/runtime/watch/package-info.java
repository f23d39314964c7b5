/** Watches a running lane from outside: what has stopped moving, and which of its topics changed. */
@NullMarked
package io.clinicalstreams.pipeline.runtime.watch;

import org.jspecify.annotations.NullMarked;
