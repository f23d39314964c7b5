/** The demo, which runs the whole system on this machine in one command, and the bench. */
@NullMarked
package io.clinicalstreams.demo;

import org.jspecify.annotations.NullMarked;
