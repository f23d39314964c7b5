/** The command that judges a run from outside. */
@NullMarked
package io.clinicalstreams.verifier.command;

import org.jspecify.annotations.NullMarked;
