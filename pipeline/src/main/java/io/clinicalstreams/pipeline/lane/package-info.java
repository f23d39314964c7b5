/** The two topologies, top to bottom as in the picture, and the typed topics they read and write. */
@NullMarked
package io.clinicalstreams.pipeline.lane;

import org.jspecify.annotations.NullMarked;
