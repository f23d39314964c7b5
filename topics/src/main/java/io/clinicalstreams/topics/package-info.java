/**
 * The model of a catalogue in one environment: topics, lanes, clients, profiles. {@code load} loads a catalogue,
 * {@code validation} checks it, and all code that creates a Kafka client uses it.
 */
@NullMarked
package io.clinicalstreams.topics;

import org.jspecify.annotations.NullMarked;
