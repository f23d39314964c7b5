package io.clinicalstreams.topics.problem;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far while a catalogue is read, each once, so that its author sees all of them together. */
public final class Problems {

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(String file, String path, String message) {
        add(new Problem(file, path, message));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    /** Something that must hold. */
    public interface Requirement {
        boolean holds();

        /** @param why it must hold */
        Problem problem(String why);
    }

    public void require(Requirement requirement, String why) {
        if (!requirement.holds()) {
            add(requirement.problem(why));
        }
    }

    public int count() {
        return found.size();
    }

    /** @throws CatalogueException when there is any */
    public void refuse() {
        if (!found.isEmpty()) {
            throw new CatalogueException(List.copyOf(found));
        }
    }
}
