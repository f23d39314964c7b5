/** What Prometheus and Grafana need, from the catalogue's objectives. */
@NullMarked
package io.clinicalstreams.topics.monitoring;

import org.jspecify.annotations.NullMarked;
