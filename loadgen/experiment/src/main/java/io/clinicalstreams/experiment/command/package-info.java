/** The commands of {@code loadgen experiment}. */
@NullMarked
package io.clinicalstreams.experiment.command;

import org.jspecify.annotations.NullMarked;
