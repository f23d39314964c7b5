package io.clinicalstreams.topics.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * SIGINT or SIGTERM: tells the work to end, and keeps the process until the work has ended, which is when this is closed,
 * so that it can say what was done and lanes, brokers and folders end in order.
 */
public final class StopSignal implements AutoCloseable {

    private final Runnable tell;
    private final Duration patience;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::come, "stop-signal");

    private StopSignal(Runnable tell, Duration patience) {
        this.tell = tell;
        this.patience = patience;
    }

    /**
     * Listens from now on, until it is closed.
     *
     * @param tell runs on another thread, at most once
     * @param patience how long the process may go on after that
     */
    public static StopSignal telling(Runnable tell, Duration patience) {
        StopSignal signal = new StopSignal(tell, patience);
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Does the work on this thread: a signal interrupts it, and gives it ten seconds. */
    public static <T> T interrupting(Supplier<T> work) {
        StopSignal signal = telling(Thread.currentThread()::interrupt, Duration.ofSeconds(10));
        try {
            return work.get();
        } finally {
            signal.close();
        }
    }

    private void come() {
        tell.run();
        try {
            if (!ended.await(patience.toMillis(), TimeUnit.MILLISECONDS) && !patience.isZero()) {
                System.err.println("gave up waiting for an orderly end after " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The work has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook runs already: it waits for this call.
        }
    }
}
