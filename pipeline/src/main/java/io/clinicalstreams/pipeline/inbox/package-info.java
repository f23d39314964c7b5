/** Reads alerts as a pager must: with Kafka's plain consumer, each alert once and in the order of its patient. */
@NullMarked
package io.clinicalstreams.pipeline.inbox;

import org.jspecify.annotations.NullMarked;
