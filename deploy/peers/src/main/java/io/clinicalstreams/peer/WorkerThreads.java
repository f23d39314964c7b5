package io.clinicalstreams.peer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Threads of a peer without a framework. The first failure is kept. */
final class WorkerThreads implements Peer.Processing {

    private static final Duration CLOSE = Duration.ofSeconds(30);

    /** What one thread does until it is closed. */
    interface Work {
        void run(BooleanSupplier isClosed) throws Exception;
    }

    private final int processing;
    private final List<Thread> threads;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean closed;

    private WorkerThreads(int processing, List<? extends Work> works) {
        this.processing = processing;
        this.threads = IntStream.range(0, works.size())
                .mapToObj(number -> new Thread(() -> run(works.get(number)), "worker-" + number))
                .toList();
    }

    /**
     * Starts a thread for each.
     *
     * @param processing threads that process records
     */
    static Peer.Processing start(int processing, List<? extends Work> works) {
        WorkerThreads started = new WorkerThreads(processing, works);
        started.threads.forEach(Thread::start);
        return started;
    }

    private void run(Work work) {
        try {
            work.run(() -> closed);
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    @Override
    public int threads() {
        return processing;
    }

    @Override
    public @Nullable Throwable failure() {
        return failure.get();
    }

    @Override
    public void close() {
        closed = true;
        try {
            for (Thread thread : threads) {
                thread.join(CLOSE.toMillis());
            }
        } catch (InterruptedException interrupted) {
            threads.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
    }
}
