/** Real Kafka brokers as child processes of this JVM, for tests, the demo and a laptop. */
@NullMarked
package io.clinicalstreams.cluster;

import org.jspecify.annotations.NullMarked;
