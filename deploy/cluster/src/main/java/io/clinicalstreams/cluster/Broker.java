package io.clinicalstreams.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One broker of a {@link LocalCluster}, which can be started, stopped, killed and paused. Its data and ports outlive
 * its process.
 */
public final class Broker {

    /** A broker that cannot reach a quorum of controllers would wait minutes before it shuts down. */
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

    /** The port for clients. */
    public int port() {
        return address.clientPort();
    }

    /** Where it serves its metrics, if the cluster was built with {@link LocalClusterBuilder#metricsPort}. */
    public Optional<URI> metrics() {
        return launch.metrics()
                .map(agent -> URI.create(
                        "http://" + BrokerAddress.HOST + ':' + agent.ports().get(id()) + "/metrics"));
    }

    /** The id of its process, or of its last one. */
    public synchronized long pid() {
        return started().pid();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    public synchronized boolean isPaused() {
        return held != null;
    }

    /** Starts its process with its previous data and ports; {@link LocalCluster#awaitReady} waits until it answers. */
    public synchronized void start() {
        if (ended) {
            throw new IllegalStateException("the cluster is closed");
        }
        if (isAlive()) {
            throw new IllegalStateException("broker " + id() + " is already running");
        }
        process = launch.start(id(), folder);
        wanted = true;
    }

    /** SIGKILL: no controlled shutdown, no flush; data written so far is kept. Returns when the process has ended. */
    public void kill() {
        Process killed = unwanted();
        killed.destroyForcibly();
        awaitEnd(killed, GRACE);
        release();
    }

    /**
     * Controlled shutdown: the broker hands over its leaderships. Kills it after 20 s. Returns when the process has
     * ended.
     */
    public void stop() {
        release();
        Process stopped = unwanted();
        askToEnd();
        if (!awaitEnd(stopped, GRACE)) {
            kill();
        }
    }

    /** SIGSTOP: connections stay open, but nothing answers. */
    public synchronized void pause() {
        if (!isAlive()) {
            throw new IllegalStateException("broker " + id() + " is not running");
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

    /** Whether it should answer: its owner has started it, and not stopped, killed or paused it. */
    synchronized boolean shouldAnswer() {
        return wanted && held == null;
    }

    BrokerAddress address() {
        return address;
    }

    BrokerFolder folder() {
        return folder;
    }

    /** Ends the broker for good. A paused one is killed, because it cannot receive signals. */
    synchronized void end() {
        ended = true;
        if (held != null && process != null) {
            process.destroyForcibly();
            release();
        } else {
            askToEnd();
        }
    }

    /** Waits for its end at most this long, then kills it. */
    void endWithin(Duration grace) {
        Process last = lastProcess();
        if (last != null && !awaitEnd(last, grace)) {
            kill();
        }
    }

    /** SIGTERM through the handle: Process.destroy would also close its input, and the broker would halt at once. */
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
