package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.classify.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What alerts refer to: the facts that caused them, and the Observations that are their evidence. */
final class Readings {

    private final Set<Coordinates> wantedOrigins = new HashSet<>();
    private final Set<String> wantedIdentities = new HashSet<>();
    private final Map<Coordinates, Fact> byOrigin = new HashMap<>();
    private final Map<List<String>, List<Fact.Observed>> byIdentity = new HashMap<>();
    private final boolean complete;

    /** @param complete whether all input is read, so that every Observation can be found */
    Readings(boolean complete) {
        this.complete = complete;
    }

    void want(@Nullable Coordinates origin, Collection<String> identities) {
        if (origin != null) {
            wantedOrigins.add(origin);
        }
        wantedIdentities.addAll(identities);
    }

    void add(Collection<Fact> facts) {
        for (Fact fact : facts) {
            if (wantedOrigins.contains(fact.origin())) {
                byOrigin.put(fact.origin(), fact);
            }
            if (fact instanceof Fact.Observed observed && wantedIdentities.contains(observed.identity())) {
                byIdentity
                        .computeIfAbsent(List.of(observed.patient(), observed.identity()), any -> new ArrayList<>())
                        .add(observed);
            }
        }
    }

    /** Null when no fact is there. */
    @Nullable
    Fact at(Coordinates origin) {
        return byOrigin.get(origin);
    }

    /** The patient's Observations with this identity: a corrected result has that of the first. */
    List<Fact.Observed> of(String patient, String identity) {
        return byIdentity.getOrDefault(List.of(patient, identity), List.of());
    }

    /** Whether a patient's Observation may be missing here although it exists. */
    boolean mayBeEarlier(String patient, String identity) {
        return !complete && of(patient, identity).isEmpty();
    }
}
