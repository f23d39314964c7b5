/** What every command at a terminal shares: how a catalogue and a cluster are named, asked for, answered and refused. */
@NullMarked
package io.clinicalstreams.topics.terminal;

import org.jspecify.annotations.NullMarked;
