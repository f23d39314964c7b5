/**
 * Compares a cluster and its clients with the catalogue: named checks, each held or not held with the reasons. The
 * checks are pure; {@link io.clinicalstreams.topics.check.ClusterChecks} queries the cluster and passes them the
 * answers.
 */
@NullMarked
package io.clinicalstreams.topics.check;

import org.jspecify.annotations.NullMarked;
