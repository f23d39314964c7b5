package io.clinicalstreams.topics.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Makes Ctrl-C an interruption of the thread that works, and holds back the end of the program until that thread has
 * said what it did; for some seconds, not for ever.
 */
public final class Interruption {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Thread working;
    private final CountDownLatch said = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "say-what-was-done");

    private Interruption(Thread working) {
        this.working = working;
    }

    /** From here on this thread is the one that is interrupted. */
    public static Interruption ofThisThread() {
        Interruption interruption = new Interruption(Thread.currentThread());
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    private void interrupt() {
        working.interrupt();
        try {
            boolean unused = said.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Everything was said. */
    public void end() {
        said.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the hook is at work, or has done its work
        }
    }
}
