package io.clinicalstreams.topics.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.InterruptException;

/**
 * On SIGINT or SIGTERM: tells the work to stop, and keeps the process alive until this is closed, so that the work can
 * report what was done, and lanes, brokers and folders are closed in order.
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
     * Listens for a signal until it is closed.
     *
     * @param tell stops the work; runs on another thread, at most once
     * @param patience how long the process may run after that
     * @throws InterruptException if the process is stopping already
     */
    public static StopSignal telling(Runnable tell, Duration patience) {
        StopSignal signal = new StopSignal(tell, patience);
        try {
            Runtime.getRuntime().addShutdownHook(signal.hook);
        } catch (IllegalStateException stopping) {
            // The signal came first.
            throw new InterruptException(new InterruptedException("stopping"));
        }
        return signal;
    }

    /** Runs the work on this thread. A signal interrupts it; it then has ten seconds to end. */
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
                System.err.println("no orderly end within " + patience.toSeconds() + " s, exiting");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Call when the work has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The hook is already running: it waits for this call.
        }
    }
}
