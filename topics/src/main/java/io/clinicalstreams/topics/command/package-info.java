/** The command {@code topics}: shows the catalogue and applies it to a cluster. One class per command. */
@NullMarked
package io.clinicalstreams.topics.command;

import org.jspecify.annotations.NullMarked;
