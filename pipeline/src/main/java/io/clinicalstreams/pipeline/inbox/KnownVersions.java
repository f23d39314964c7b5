package io.clinicalstreams.pipeline.inbox;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest version of each alert that a partition has brought. An alert or a version that comes again is a duplicate:
 * within a partition, versions of an alert only rise.
 *
 * <p>Forgets by age, because the lane starts an alert over that it forgot long ago: by then, its version 1 is news.
 */
final class KnownVersions {

    /** Shorter than any lane keeps an ended alert, and as long as the topic keeps a transition. */
    static final long REMEMBERED_MILLIS = 24L * 60 * 60 * 1_000;

    /** More than the alerts of a day in one of 16 partitions at 200 alerts a minute. Each takes some 150 bytes. */
    static final int MOST = 20_000;

    private record Version(long number, long at) {}

    private final Map<String, Version> latest = new LinkedHashMap<>();

    /** Notes the alert; false if this version, or a later one, has been noted. */
    boolean add(ReceivedAlert alert) {
        String id = alert.alertId();
        if (id == null) {
            return true;
        }
        Version before = latest.get(id);
        if (before != null && alert.version() <= before.number && alert.at() - before.at < REMEMBERED_MILLIS) {
            return false;
        }
        latest.remove(id);
        latest.put(id, new Version(alert.version(), alert.at()));
        if (latest.size() > MOST) {
            latest.remove(latest.keySet().iterator().next());
        }
        return true;
    }
}
