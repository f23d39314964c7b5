/** Everything in one command: the entry to all commands, and the demo that runs the whole system on this machine. */
@NullMarked
package io.clinicalstreams.demo;

import org.jspecify.annotations.NullMarked;
