package io.clinicalstreams.loadgen.send;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a sender takes its records from, in order. Used by one thread. */
public interface Source extends AutoCloseable {

    /** The next record, or null at the end. */
    @Nullable
    Outgoing next() throws IOException;

    @Override
    default void close() throws IOException {}
}
