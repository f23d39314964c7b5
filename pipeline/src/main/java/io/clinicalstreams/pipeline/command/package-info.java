/** The service's commands. */
@NullMarked
package io.clinicalstreams.pipeline.command;

import org.jspecify.annotations.NullMarked;
