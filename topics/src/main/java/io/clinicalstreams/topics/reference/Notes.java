package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.problem.Problem;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems found in one file so far, each once. */
final class Notes {

    private final String file;
    private final Set<Problem> problems = new LinkedHashSet<>();

    Notes(String file) {
        this.file = file;
    }

    void add(String path, String message) {
        problems.add(new Problem(file, path, message));
    }

    /** @throws ReferenceException when there are any */
    void refuse() {
        if (!problems.isEmpty()) {
            throw new ReferenceException(List.copyOf(problems));
        }
    }
}
