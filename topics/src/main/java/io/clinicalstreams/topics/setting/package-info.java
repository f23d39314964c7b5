/** Kafka's settings: how one is written with its reason and evidence, and Kafka's own definition of each. */
@NullMarked
package io.clinicalstreams.topics.setting;

import org.jspecify.annotations.NullMarked;
