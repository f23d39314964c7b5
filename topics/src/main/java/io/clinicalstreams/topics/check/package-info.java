/**
 * Whether a cluster and the clients on it still are what the catalogue says: named checks, each held or not with the
 * reasons. The checks are pure; {@link io.clinicalstreams.topics.check.ClusterChecks} asks the cluster and hands them
 * what it answered.
 */
@NullMarked
package io.clinicalstreams.topics.check;

import org.jspecify.annotations.NullMarked;
