package io.clinicalstreams.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * When the process is told to stop, by SIGINT or SIGTERM, tells the work and holds the process until the work has ended,
 * which is when this is closed: so lanes, brokers and folders end in order.
 */
final class OrderlyStop implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /** @param tell runs on another thread, at most once */
    OrderlyStop(Runnable tell) {
        hook = new Thread(
                () -> {
                    tell.run();
                    awaitEnd();
                },
                "stop-in-order");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        ended.countDown();
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // It is the hook that waits for us.
        }
    }

    private void awaitEnd() {
        try {
            if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Gave up waiting for an end in order.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
