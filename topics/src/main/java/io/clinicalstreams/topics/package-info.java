/**
 * The catalogue: every topic, lane, client, profile and environment, read from YAML, checked as a whole, and asked by
 * everyone who opens a client. It knows nobody else in the project.
 */
@NullMarked
package io.clinicalstreams.topics;

import org.jspecify.annotations.NullMarked;
