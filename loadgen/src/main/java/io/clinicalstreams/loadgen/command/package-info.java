/** The command {@code loadgen}. */
@NullMarked
package io.clinicalstreams.loadgen.command;

import org.jspecify.annotations.NullMarked;
