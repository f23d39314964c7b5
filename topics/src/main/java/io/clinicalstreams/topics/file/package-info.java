/** The files of a catalogue: where they are, and each kind as a record, read strictly from YAML. */
@NullMarked
package io.clinicalstreams.topics.file;

import org.jspecify.annotations.NullMarked;
