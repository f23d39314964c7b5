package io.clinicalstreams.loadgen.send;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The records to send, in order. Used by one thread. */
public interface Source extends AutoCloseable {

    /** The next record, or null at the end. */
    @Nullable
    Outgoing next() throws IOException;

    @Override
    default void close() throws IOException {}
}
