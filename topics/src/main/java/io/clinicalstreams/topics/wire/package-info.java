/** What every producer and consumer of the clinical topics agrees on beside key and value: the record headers. */
@NullMarked
package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.NullMarked;
