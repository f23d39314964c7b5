/** The catalogue in the formats of other tools: Strimzi resources, a script for Kafka's own tools, a Markdown table. */
@NullMarked
package io.clinicalstreams.topics.export;

import org.jspecify.annotations.NullMarked;
