package io.clinicalstreams.cluster;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One broker of a {@link LocalCluster}, with everything that can befall it. Its data and ports outlive its process. */
public final class Broker {

    /** A broker that cannot reach a quorum of controllers would wait minutes for leave to go. */
    private static final Duration GRACE = Duration.ofSeconds(20);

    private final BrokerAddress address;
    private final BrokerFolder folder;
    private final BrokerLaunch launch;
    private @Nullable Process process;
    private @Nullable StoppedProcess held;
    private boolean wanted;
    private boolean ended;

    Broker(BrokerAddress address, BrokerFolder folder, BrokerLaunch launch) {
        this.address = address;
        this.folder = folder;
        this.launch = launch;
    }

    public int id() {
        return address.id();
    }

    /** Where it listens for clients. */
    public int port() {
        return address.clientPort();
    }

    /** The number of its process, or of the last one it had. */
    public synchronized long pid() {
        return started().pid();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    public synchronized boolean isPaused() {
        return held != null;
    }

    /** Starts its process, again with its data and ports; {@link LocalCluster#awaitReady} tells when it answers. */
    public synchronized void start() {
        if (ended) {
            throw new IllegalStateException("the cluster is closed");
        }
        if (isAlive()) {
            throw new IllegalStateException("broker " + id() + " runs");
        }
        process = launch.start(folder);
        wanted = true;
    }

    /** SIGKILL: no goodbye to the cluster, no flush; the data written so far stay. Returns when it is gone. */
    public void kill() {
        Process killed = unwanted();
        killed.destroyForcibly();
        awaitEnd(killed, GRACE);
        release();
    }

    /** Lets it hand over its leaderships and end; kills it when it does not within 20 s. Returns when it is gone. */
    public void stop() {
        release();
        Process stopped = unwanted();
        askToEnd();
        if (!awaitEnd(stopped, GRACE)) {
            kill();
        }
    }

    /** SIGSTOP: connections stay open and nothing answers. */
    public synchronized void pause() {
        if (!isAlive()) {
            throw new IllegalStateException("broker " + id() + " does not run");
        }
        if (held == null) {
            held = new StoppedProcess(pid());
        }
    }

    /** SIGCONT after {@link #pause}. */
    public synchronized void resume() {
        release();
    }

    @Override
    public String toString() {
        return "broker " + id() + " on " + address.client();
    }

    /** Whether it should answer: it was started, and neither stopped, killed nor paused by its owner. */
    synchronized boolean shouldAnswer() {
        return wanted && held == null;
    }

    BrokerAddress address() {
        return address;
    }

    BrokerFolder folder() {
        return folder;
    }

    /** From here on it cannot be started again. A paused one is killed, as it cannot hear. */
    synchronized void end() {
        ended = true;
        if (held != null && process != null) {
            process.destroyForcibly();
            release();
        } else {
            askToEnd();
        }
    }

    /** Waits that long for its end, then kills it. */
    void endWithin(Duration grace) {
        Process last = lastProcess();
        if (last != null && !awaitEnd(last, grace)) {
            kill();
        }
    }

    /** SIGTERM by way of the handle: Process.destroy would also close its input, and it would halt at once. */
    private synchronized void askToEnd() {
        if (process != null) {
            boolean unused = process.toHandle().destroy();
        }
    }

    private synchronized void release() {
        if (held != null) {
            held.close();
            held = null;
        }
    }

    private synchronized @Nullable Process lastProcess() {
        return process;
    }

    private synchronized Process unwanted() {
        wanted = false;
        return started();
    }

    private synchronized Process started() {
        if (process == null) {
            throw new IllegalStateException("broker " + id() + " was never started");
        }
        return process;
    }

    private static boolean awaitEnd(Process process, Duration atMost) {
        try {
            return process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
