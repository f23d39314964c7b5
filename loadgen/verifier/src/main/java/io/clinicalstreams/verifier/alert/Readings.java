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

/**
 * What alerts refer to: the facts that caused them, and the Observations that are their evidence; and all Observations of
 * some patients.
 */
final class Readings {

    private final Set<Coordinates> wantedOrigins = new HashSet<>();
    private final Set<String> wantedIdentities = new HashSet<>();
    private final Set<String> wantedPatients = new HashSet<>();
    private final Map<Coordinates, Fact> byOrigin = new HashMap<>();
    private final Map<String, Map<String, List<Fact.Observed>>> byPatient = new HashMap<>();
    private final boolean complete;
    private final Duplicates duplicates;

    /** @param complete whether all input is read, so that every Observation can be found */
    Readings(boolean complete, Duplicates duplicates) {
        this.complete = complete;
        this.duplicates = duplicates;
    }

    void want(@Nullable Coordinates origin, Collection<String> identities) {
        if (origin != null) {
            wantedOrigins.add(origin);
        }
        wantedIdentities.addAll(identities);
    }

    /** All of some patients, in the input that is read next. */
    void wantAll(Collection<String> patients) {
        wantedPatients.addAll(patients);
        byPatient.clear();
    }

    void add(Collection<Fact> facts) {
        for (Fact fact : facts) {
            if (wantedOrigins.contains(fact.origin())) {
                byOrigin.put(fact.origin(), fact);
            }
            if (fact instanceof Fact.Observed observed
                    && (wantedIdentities.contains(observed.identity()) || wantedPatients.contains(fact.patient()))) {
                byPatient
                        .computeIfAbsent(observed.patient(), any -> new HashMap<>())
                        .computeIfAbsent(observed.identity(), any -> new ArrayList<>())
                        .add(observed);
            }
        }
    }

    /** Null when no fact is there. */
    @Nullable
    Fact at(Coordinates origin) {
        return byOrigin.get(origin);
    }

    /** The patient's Observations with this identity, under any of its keys: each version, as of the input of each. */
    List<Fact.Observed> of(String patient, String identity) {
        List<Fact.Observed> versions = versions(patient, identity);
        return versions.stream()
                .flatMap(version -> versions.stream().map(other -> version.asOf(other.at())))
                .distinct()
                .toList();
    }

    /** All Observations that there are, likewise. */
    List<Fact.Observed> of(String patient) {
        return duplicates.of(patient).stream()
                .flatMap(key -> byPatient.getOrDefault(key, Map.of()).keySet().stream())
                .distinct()
                .flatMap(identity -> of(patient, identity).stream())
                .toList();
    }

    /** Whether it can change what earlier inputs said: it is withdrawn, or another version came as well. */
    boolean isLaterVersion(Fact.Observed observed) {
        boolean mayBeOne = !complete && !observed.status().equals("final");
        return observed.isWithdrawn()
                || mayBeOne
                || versions(observed.patient(), observed.identity()).stream()
                        .anyMatch(other -> !other.origin().equals(observed.origin()));
    }

    private List<Fact.Observed> versions(String patient, String identity) {
        return duplicates.of(patient).stream()
                .flatMap(key -> byPatient.getOrDefault(key, Map.of()).getOrDefault(identity, List.of()).stream())
                .toList();
    }

    /** Whether a patient's Observation may be missing here although it exists. */
    boolean mayBeEarlier(String patient, String identity) {
        return !complete && versions(patient, identity).isEmpty();
    }

    boolean isComplete() {
        return complete;
    }
}
