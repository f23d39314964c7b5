/** Kafka's settings: each as written, with reason and evidence, and Kafka's own definition of it. */
@NullMarked
package io.clinicalstreams.topics.setting;

import org.jspecify.annotations.NullMarked;
