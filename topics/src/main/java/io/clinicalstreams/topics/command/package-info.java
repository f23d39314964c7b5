/** The command {@code topics}: shows the catalogue and brings it to a cluster. One class a command. */
@NullMarked
package io.clinicalstreams.topics.command;

import org.jspecify.annotations.NullMarked;
