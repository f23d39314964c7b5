package io.clinicalstreams.pipeline.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * SIGTERM or SIGINT, from the first moment on: it ends a start that is under way, or closes the service that runs, and
 * then the process with 0. The JVM by itself would end with the signal's number, and who asked for the stop expects 0.
 */
final class StopSignal implements AutoCloseable {

    /** Below the ten seconds that are promised. Nothing that has not started yet is worth a longer wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private record Service(Runnable close, BooleanSupplier hasFailed) {}

    private final Thread starting;
    private final IntConsumer exit;
    private final Thread hook = new Thread(this::come, "stop");
    private final CountDownLatch startIsOver = new CountDownLatch(1);
    private volatile @Nullable Service service;
    private volatile boolean hasCome;

    /**
     * @param starting the thread that starts the service and runs it
     * @param exit ends the process with this code, even while it is ending
     */
    StopSignal(Thread starting, IntConsumer exit) {
        this.starting = starting;
        this.exit = exit;
    }

    /** Listens from now on, until it is closed. */
    static StopSignal toThisThread() {
        StopSignal signal = new StopSignal(
                Thread.currentThread(), code -> Runtime.getRuntime().halt(code));
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** From now on there is a service to close. */
    void started(Runnable close, BooleanSupplier hasFailed) {
        service = new Service(close, hasFailed);
        startIsOver.countDown();
    }

    boolean hasCome() {
        return hasCome;
    }

    /** What happens when it comes. */
    void come() {
        hasCome = true;
        if (startIsOver.getCount() > 0) {
            starting.interrupt();
            awaitStart();
        }
        Service running = service;
        if (running != null) {
            running.close().run();
        }
        exit.accept(running != null && running.hasFailed().getAsBoolean() ? 1 : 0);
    }

    private void awaitStart() {
        try {
            boolean unused = startIsOver.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The service has ended, or never started. */
    @Override
    public void close() {
        startIsOver.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is at work, and its exit code counts.
        }
    }
}
