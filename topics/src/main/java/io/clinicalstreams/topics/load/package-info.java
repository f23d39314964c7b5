/** Loads and checks a {@link io.clinicalstreams.topics.Catalogue}: resolves names and merges layers. */
@NullMarked
package io.clinicalstreams.topics.load;

import org.jspecify.annotations.NullMarked;
