/** Tests the guarantees of the {@code topics} commands on real brokers. */
@NullMarked
package io.clinicalstreams.application.topics;

import org.jspecify.annotations.NullMarked;
