/**
 * What every producer and consumer of the clinical topics agrees on apart from the value: the key, its partition, the
 * headers and the reason codes. {@code topics/wire/README.md} is the written contract.
 */
@NullMarked
package io.clinicalstreams.topics.wire;

import org.jspecify.annotations.NullMarked;
