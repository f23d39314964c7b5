package io.clinicalstreams.topics;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far while a catalogue is read, each once, so that its author sees all of them together. */
final class Problems {

    private final Set<Problem> found = new LinkedHashSet<>();

    void add(String file, String path, String message) {
        add(new Problem(file, path, message));
    }

    void add(Problem problem) {
        found.add(problem);
    }

    /** Notes a comparison that does not hold. */
    void require(EffectiveValue.Comparison comparison, String why) {
        if (!comparison.holds()) {
            add(comparison.problem(why));
        }
    }

    int count() {
        return found.size();
    }

    /** @throws CatalogueException when there is any */
    void refuse() {
        if (!found.isEmpty()) {
            throw new CatalogueException(List.copyOf(found));
        }
    }
}
