/** The two topologies, from the top as in the picture, and the typed topics they stand between. */
@NullMarked
package io.clinicalstreams.pipeline.lane;

import org.jspecify.annotations.NullMarked;
