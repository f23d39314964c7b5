package io.clinicalstreams.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A process paused by SIGSTOP until this is closed. A small shell pauses it and waits for the end of standard input, so
 * the process also resumes if this JVM dies, can detect that and end.
 */
final class StoppedProcess implements AutoCloseable {

    private static final String SCRIPT =
            "trap '' INT HUP TERM; kill -STOP $1 || exit 1; echo held; cat >/dev/null; kill -CONT $1";

    private final Process holder;

    StoppedProcess(long pid) {
        try {
            holder = new ProcessBuilder("sh", "-c", SCRIPT, "hold", Long.toString(pid))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (holder.getInputStream().read() < 0) {
                throw new ClusterException("process " + pid + " cannot be paused");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resumes the process, and returns when it runs. */
    @Override
    public void close() {
        try {
            holder.getOutputStream().close();
            holder.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
