package io.clinicalstreams.pipeline.runtime;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many connections are open and for how long. A new connection is never refused: the oldest one is closed
 * instead, so clients that hold connections cannot keep a probe out. Jetty's own limits would refuse the probe, and its
 * idle timeout begins again with each byte.
 */
final class ConnectionLimits implements Connection.Listener {

    private final int limit;
    private final Duration lifetime;
    private final Scheduler scheduler;

    /** The open connections, oldest first, and what closes each of them. */
    private final Map<Connection, Scheduler.Task> open = new LinkedHashMap<>();

    ConnectionLimits(int limit, Duration lifetime, Scheduler scheduler) {
        this.limit = limit;
        this.lifetime = lifetime;
        this.scheduler = scheduler;
    }

    @Override
    public void onOpened(Connection connection) {
        Connection surplus = add(connection);
        if (surplus != null) {
            surplus.getEndPoint().close();
        }
    }

    private synchronized @Nullable Connection add(Connection connection) {
        open.put(
                connection,
                scheduler.schedule(connection.getEndPoint()::close, lifetime.toMillis(), TimeUnit.MILLISECONDS));
        Iterator<Connection> oldestFirst = open.keySet().iterator();
        return open.size() > limit ? oldestFirst.next() : null;
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        Scheduler.Task end = open.remove(connection);
        if (end != null) {
            end.cancel();
        }
    }
}
