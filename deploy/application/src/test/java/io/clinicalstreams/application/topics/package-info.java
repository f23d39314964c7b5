/** What the commands on topics promise, held on real brokers. */
@NullMarked
package io.clinicalstreams.application.topics;

import org.jspecify.annotations.NullMarked;
