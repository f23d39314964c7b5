/** The `cluster` command: brokers that keep running after the command has returned. */
@NullMarked
package io.clinicalstreams.cluster.command;

import org.jspecify.annotations.NullMarked;
