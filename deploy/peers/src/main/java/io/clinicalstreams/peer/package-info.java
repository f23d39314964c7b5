/**
 * What a bench runs on one input: the lanes, bare topologies and other programs that do the recording lane's work.
 * {@code PeerRun} measures one of them, in this process or as the child process {@code PeerProcess}.
 */
@NullMarked
package io.clinicalstreams.peer;

import org.jspecify.annotations.NullMarked;
