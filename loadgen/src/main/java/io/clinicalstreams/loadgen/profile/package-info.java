/** Where a process spends its CPU time, from a Java Flight Recorder file. */
@NullMarked
package io.clinicalstreams.loadgen.profile;

import org.jspecify.annotations.NullMarked;
