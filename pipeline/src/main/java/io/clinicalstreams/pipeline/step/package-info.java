/** One class a step of the topologies: each reads what it is given, owns its store, and forwards. */
@NullMarked
package io.clinicalstreams.pipeline.step;

import org.jspecify.annotations.NullMarked;
