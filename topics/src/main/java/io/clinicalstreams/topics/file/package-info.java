/** The files of a catalogue: where they are, and a record for each kind, read strictly from YAML. */
@NullMarked
package io.clinicalstreams.topics.file;

import org.jspecify.annotations.NullMarked;
