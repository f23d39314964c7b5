/** Clinical facts and rules as plain Java: no Kafka, no JSON, no clock. */
@NullMarked
package io.clinicalstreams.pipeline.domain;

import org.jspecify.annotations.NullMarked;
