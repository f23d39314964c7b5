/** Reference data: the alert rules in YAML, as records in the compacted topic, and the commands that write them. */
@NullMarked
package io.clinicalstreams.topics.reference;

import org.jspecify.annotations.NullMarked;
