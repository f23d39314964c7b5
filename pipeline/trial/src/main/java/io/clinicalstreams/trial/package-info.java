/** Tries rules on files: the alerting lane's own steps, without Kafka. */
@NullMarked
package io.clinicalstreams.trial;

import org.jspecify.annotations.NullMarked;
