/** What is read from a cluster: its topics, their settings and replicas, and how a failed answer is worded. */
@NullMarked
package io.clinicalstreams.topics.cluster;

import org.jspecify.annotations.NullMarked;
