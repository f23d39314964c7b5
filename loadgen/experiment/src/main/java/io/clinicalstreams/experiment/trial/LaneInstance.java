package io.clinicalstreams.experiment.trial;

import java.io.IOException;

/** A running instance of a lane. */
interface LaneInstance extends AutoCloseable {

    /** The id of its process. */
    long pid();

    /** Whether its state is restored and it processes input. */
    boolean isReady() throws IOException, InterruptedException;

    /** @throws io.clinicalstreams.topics.problem.CommandException if it has ended, with the end of its log */
    void requireRunning();

    /** Ends it without a chance to say so. */
    void kill() throws InterruptedException;

    @Override
    void close();
}
