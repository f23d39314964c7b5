/** Reference data as code: the alert rules in YAML, as records on the wire, and on their way into the compacted topic. */
@NullMarked
package io.clinicalstreams.topics.reference;

import org.jspecify.annotations.NullMarked;
