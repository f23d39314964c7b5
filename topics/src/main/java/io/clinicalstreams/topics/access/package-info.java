/** Access rules of least privilege on a cluster, derived from topics, lanes and clients. */
@NullMarked
package io.clinicalstreams.topics.access;

import org.jspecify.annotations.NullMarked;
