package io.clinicalstreams.cluster;

import java.io.IOException;

/**
 * Ends a child process with its parent, however that ends: the parent holds the other end of standard input, and the
 * system closes it.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /** Starts to watch. Call first thing in the child's main method; the parent must never write to the input. */
    public static void start() {
        Thread watch = new Thread(ParentWatch::endWithParent, "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    /** Halts as in a power failure: a broker's acknowledged records are in its log. */
    private static void endWithParent() {
        try {
            int read;
            do {
                read = System.in.read();
            } while (read >= 0);
        } catch (IOException closed) {
            // same as end of input
        }
        Runtime.getRuntime().halt(1);
    }
}
