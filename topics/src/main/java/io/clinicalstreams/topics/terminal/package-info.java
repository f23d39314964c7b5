/** The command kit: options for catalogue, cluster and output, confirmation, errors, exit codes and signals. */
@NullMarked
package io.clinicalstreams.topics.terminal;

import org.jspecify.annotations.NullMarked;
