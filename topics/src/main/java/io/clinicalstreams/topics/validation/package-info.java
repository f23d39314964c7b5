/** What must hold within a catalogue and its settings before anything is opened with it. */
@NullMarked
package io.clinicalstreams.topics.validation;

import org.jspecify.annotations.NullMarked;
