/**
 * The model of a catalogue in one environment: topics, lanes, clients, profiles. A catalogue is loaded by {@code load},
 * checked by {@code validation}, and asked by everything that opens a client.
 */
@NullMarked
package io.clinicalstreams.topics;

import org.jspecify.annotations.NullMarked;
