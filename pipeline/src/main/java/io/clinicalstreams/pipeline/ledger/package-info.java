/** What a lane did with its input, counted for each transaction and written with it. */
@NullMarked
package io.clinicalstreams.pipeline.ledger;

import org.jspecify.annotations.NullMarked;
