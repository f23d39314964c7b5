/**
 * The catalogue against a real cluster: what is there, what would change and why, and making it so. The comparison is
 * pure; only {@link io.clinicalstreams.topics.cluster.ClusterReader} and {@link io.clinicalstreams.topics.plan.PlanWork}
 * speak to a cluster.
 */
@NullMarked
package io.clinicalstreams.topics.plan;

import org.jspecify.annotations.NullMarked;
