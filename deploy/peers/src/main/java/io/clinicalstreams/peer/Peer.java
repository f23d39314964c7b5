package io.clinicalstreams.peer;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A program that processes a bench's input: a lane, a bare topology, or another system that does the same work. It has a
 * public constructor without parameters.
 */
public interface Peer {

    /**
     * Starts to process the input in threads of its own, from the offsets that its group has committed.
     *
     * @throws Exception if it cannot start
     */
    Processing start(PeerInput input) throws Exception;

    /** A peer that is running. */
    interface Processing extends AutoCloseable {

        /** Threads that process records. */
        int threads();

        /** Why it stopped by itself; null while it runs. */
        @Nullable
        Throwable failure();

        /** Whether it ended because it has processed all input. Otherwise its group's committed offsets show that. */
        default boolean isOver() {
            return false;
        }

        /** What it counted by itself, by name. */
        default Map<String, Long> counts() {
            return Map.of();
        }

        @Override
        void close();
    }
}
