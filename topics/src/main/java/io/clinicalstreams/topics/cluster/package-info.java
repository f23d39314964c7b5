/** What is read from a cluster: topics with their settings and replicas, and the wording of failed requests. */
@NullMarked
package io.clinicalstreams.topics.cluster;

import org.jspecify.annotations.NullMarked;
