/** Faults of production's shape: several brokers and instances, under load, judged by the verifier. */
@NullMarked
package io.clinicalstreams.application.faults;

import org.jspecify.annotations.NullMarked;
