/** From files to a checked {@link io.clinicalstreams.topics.Catalogue}: names are followed, layers are put together. */
@NullMarked
package io.clinicalstreams.topics.load;

import org.jspecify.annotations.NullMarked;
