/** The life of the service: settings, lanes as Kafka Streams instances, health, metrics, shutdown. */
@NullMarked
package io.clinicalstreams.pipeline.runtime;

import org.jspecify.annotations.NullMarked;
