/** Checks of a catalogue and its settings before any client is created with it. */
@NullMarked
package io.clinicalstreams.topics.validation;

import org.jspecify.annotations.NullMarked;
