package io.clinicalstreams.verifier.alert;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.verifier.classify.Expected;
import io.clinicalstreams.verifier.classify.Fact;
import io.clinicalstreams.verifier.classify.InputListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which patient keys belong together: by the links between Patients that the input has, whenever they came. */
public final class Duplicates implements InputListener {

    private final Map<String, Set<String>> together = new HashMap<>();
    private final Map<String, List<Fact.Linked>> versions = new HashMap<>();

    @Override
    public void input(ConsumerRecord<byte[], byte[]> record, List<Expected> expected, List<Fact> facts) {
        for (Fact fact : facts) {
            if (fact instanceof Fact.Linked linked) {
                versions.computeIfAbsent(linked.patient(), any -> new ArrayList<>())
                        .add(linked);
                if (linked.replacedBy() != null && !linked.replacedBy().isEmpty()) {
                    join(linked.patient(), linked.replacedBy());
                }
            }
        }
    }

    @Override
    public void rekeyed(ConsumerRecord<byte[], byte[]> record, Coordinates origin) {
        // Its facts came with the input.
    }

    private void join(String one, String other) {
        Set<String> all = new HashSet<>(of(one));
        all.addAll(of(other));
        all.forEach(key -> together.put(key, all));
    }

    public boolean isEmpty() {
        return together.isEmpty();
    }

    /** All keys of the patient, its own among them. */
    Set<String> of(String patient) {
        return together.getOrDefault(patient, Set.of(patient));
    }

    boolean isAlone(String patient) {
        return !together.containsKey(patient);
    }

    /** Whether a version of the Patient, at any time, says that another replaces it. */
    boolean isEverReplaced(String patient) {
        return versions.getOrDefault(patient, List.of()).stream()
                .anyMatch(version ->
                        version.replacedBy() != null && !version.replacedBy().isEmpty());
    }

    /**
     * What replaces the patient in the end; null when nothing does, or when that depends on the order of input in two
     * topics, on versions of which some have no number, or on a cycle.
     */
    @Nullable
    String finallyReplacedBy(String patient) {
        List<Fact.Linked> all = versions.getOrDefault(patient, List.of());
        if (all.stream().anyMatch(version -> !version.certain() || "".equals(version.replacedBy()))) {
            return null;
        }
        if (all.stream().map(version -> version.versionId() == null).distinct().count() > 1) {
            return null;
        }
        Fact.Linked last = null;
        for (Fact.Linked version : all) {
            if (last != null && order(last, version) == 0 && last.rekeyed() != version.rekeyed()) {
                return null;
            }
            last = last == null || order(last, version) <= 0 ? version : last;
        }
        String other = last == null ? null : last.replacedBy();
        return other == null || isInCycle(patient) ? null : other;
    }

    /** Whether links of any time lead from the patient back to it. */
    boolean isInCycle(String patient) {
        Set<String> seen = new HashSet<>();
        Deque<String> next = new ArrayDeque<>(List.of(patient));
        while (!next.isEmpty()) {
            for (Fact.Linked version : versions.getOrDefault(next.remove(), List.of())) {
                String other = Objects.requireNonNullElse(version.replacedBy(), "");
                if (other.equals(patient)) {
                    return true;
                }
                if (!other.isEmpty() && seen.add(other)) {
                    next.add(other);
                }
            }
        }
        return false;
    }

    /** Positive if the first is of a later version; 0 if only their arrival tells. */
    static int order(Fact.Linked one, Fact.Linked other) {
        if (one.versionId() != null
                && other.versionId() != null
                && !one.versionId().equals(other.versionId())) {
            return one.versionId().compareTo(other.versionId());
        }
        return one.lastUpdated() == null || other.lastUpdated() == null
                ? 0
                : one.lastUpdated().compareTo(other.lastUpdated());
    }
}
