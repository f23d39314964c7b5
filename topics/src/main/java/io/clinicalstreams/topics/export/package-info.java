/** The catalogue in the words of other tools: Strimzi's resources, Kafka's own scripts, a table for people. */
@NullMarked
package io.clinicalstreams.topics.export;

import org.jspecify.annotations.NullMarked;
