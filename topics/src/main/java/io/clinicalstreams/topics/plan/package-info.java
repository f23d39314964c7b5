/**
 * Compares the catalogue with a cluster, plans the changes with reasons, and makes them. The comparison is pure; only
 * {@link io.clinicalstreams.topics.cluster.ClusterReader} and {@link io.clinicalstreams.topics.plan.PlanWork} call a
 * cluster.
 */
@NullMarked
package io.clinicalstreams.topics.plan;

import org.jspecify.annotations.NullMarked;
