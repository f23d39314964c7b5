package io.clinicalstreams.demo.bench;

import io.clinicalstreams.peer.StreamsPeer;
import io.clinicalstreams.peer.StreamsTopology;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a bench.
 *
 * @param title for people
 * @param peer class name of the peer that it runs
 * @param topology of {@link StreamsPeer}, null for other peers
 * @param lane whose settings it uses
 * @param classPath folder below {@code deploy/peers} that has its class path; null for this program's own
 * @param javaHome where its Java is installed; null for this program's own
 */
record Contender(
        String title,
        String peer,
        @Nullable StreamsTopology topology,
        String lane,
        @Nullable String classPath,
        @Nullable Path javaHome) {

    static final Contender PASS_THROUGH = of(StreamsTopology.PASS_THROUGH);
    static final Contender RECORDING = of(StreamsTopology.RECORDING);
    static final Contender RECORDING_FULL = of(StreamsTopology.RECORDING_FULL);
    static final Contender STATEFUL_PASS_THROUGH = of(StreamsTopology.STATEFUL_PASS_THROUGH);
    static final Contender ALERTING = of(StreamsTopology.ALERTING);

    /**
     * The lanes and their bare topologies. In the warm-up round, the alerting lane runs before the stateful pass-through,
     * which writes as many bytes per put as the lane did.
     */
    static final List<Contender> LANES =
            List.of(PASS_THROUGH, RECORDING, RECORDING_FULL, ALERTING, STATEFUL_PASS_THROUGH);

    private static Contender of(StreamsTopology topology) {
        return new Contender(topology.title(), StreamsPeer.class.getName(), topology, topology.lane(), null, null);
    }

    /** The same with another class path. */
    Contender with(String otherClassPath, String what) {
        return new Contender(title + ", " + what, peer, topology, lane, otherClassPath, javaHome);
    }

    /** The same on another Java. */
    Contender on(Path home, String version) {
        return new Contender(title + ", Java " + version, peer, topology, lane, classPath, home);
    }

    /** The same topology on another class path or Java. */
    boolean isVariantOf(Contender other) {
        return !equals(other) && topology != null && topology == other.topology;
    }

    /** Its name in topic names and JSON. */
    String id() {
        return title.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    }

    /** Whether it writes each record as it received it. */
    boolean copiesRecords() {
        return !OtherSystem.REWRITING.contains(peer);
    }
}
