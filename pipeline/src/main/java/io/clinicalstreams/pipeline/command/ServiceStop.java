package io.clinicalstreams.pipeline.command;

import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.StopSignal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles SIGTERM and SIGINT from the beginning: interrupts a start in progress or closes the running service, and then
 * exits with 0. The JVM itself would exit with the signal's number, but a platform that requested the stop expects 0.
 */
final class ServiceStop implements AutoCloseable {

    /** Below the promised ten seconds. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(8);

    private record Service(Runnable close, BooleanSupplier hasFailed) {}

    private final Thread starting;
    private final Consumer<ExitCode> exit;
    private final CountDownLatch startIsOver = new CountDownLatch(1);
    private volatile @Nullable StopSignal signal;
    private volatile @Nullable Service service;
    private volatile boolean hasCome;

    /**
     * @param starting the thread that starts the service and runs it
     * @param exit ends the process, even during shutdown
     */
    ServiceStop(Thread starting, Consumer<ExitCode> exit) {
        this.starting = starting;
        this.exit = exit;
    }

    /** Listens for signals until it is closed. */
    static ServiceStop ofThisThread() {
        ServiceStop stop = new ServiceStop(
                Thread.currentThread(), code -> Runtime.getRuntime().halt(code.code()));
        stop.signal = StopSignal.telling(stop::come, Duration.ZERO);
        return stop;
    }

    /** Call when there is a service to close. */
    void started(Runnable close, BooleanSupplier hasFailed) {
        service = new Service(close, hasFailed);
        startIsOver.countDown();
    }

    boolean hasCome() {
        return hasCome;
    }

    /** Handles the signal. */
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
        exit.accept(running != null && running.hasFailed().getAsBoolean() ? ExitCode.FAILURE : ExitCode.OK);
    }

    private void awaitStart() {
        try {
            boolean unused = startIsOver.await(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Call when the service has ended or failed to start. */
    @Override
    public void close() {
        startIsOver.countDown();
        StopSignal listening = signal;
        if (listening != null) {
            listening.close();
        }
    }
}
