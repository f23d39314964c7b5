/** The recording lane's work as a job of Apache Flink. */
@NullMarked
package io.clinicalstreams.peer.flink;

import org.jspecify.annotations.NullMarked;
