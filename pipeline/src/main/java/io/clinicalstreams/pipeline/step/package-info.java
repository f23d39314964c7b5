/** The steps of the topologies, one class each. A step owns its store. */
@NullMarked
package io.clinicalstreams.pipeline.step;

import org.jspecify.annotations.NullMarked;
