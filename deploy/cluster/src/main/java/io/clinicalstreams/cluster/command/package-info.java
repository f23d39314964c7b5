/** The `cluster` command: brokers that run on after the command has returned. */
@NullMarked
package io.clinicalstreams.cluster.command;

import org.jspecify.annotations.NullMarked;
