package io.clinicalstreams.peer;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of a peer over the whole input: all that a process needs to know.
 *
 * @param peer class name of the peer
 * @param topology for {@link StreamsPeer}: the topology to run
 * @param catalogue folder of the catalogue
 * @param environment its environment
 * @param prefix of all topics and groups of the bench
 * @param run prefix of this run's own
 * @param input full name of the input topic; null for the bench's own
 * @param lane whose settings and application id the peer uses
 * @param records number of input records; {@link #WITHOUT_END} to run until the process ends
 * @param stateBytes size of the values that the stateful pass-through puts
 * @param folder for state
 * @param client connection settings and credentials of every client
 */
public record PeerJob(
        String peer,
        @Nullable StreamsTopology topology,
        Path catalogue,
        String environment,
        String prefix,
        String run,
        @Nullable String input,
        String lane,
        long records,
        int stateBytes,
        Path folder,
        Map<String, String> client) {

    /** More records than come. */
    public static final long WITHOUT_END = Long.MAX_VALUE;

    /** The run's copy of the catalogue. */
    public Catalogue copyOfCatalogue() {
        return new RunNames(CatalogueLoader.load(catalogue, environment), prefix).forRun(run);
    }

    Peer newPeer() throws ReflectiveOperationException {
        return Class.forName(peer).asSubclass(Peer.class).getConstructor().newInstance();
    }

    /** Its client settings may contain credentials. */
    @Override
    public String toString() {
        return "PeerJob[" + run + ']';
    }
}
