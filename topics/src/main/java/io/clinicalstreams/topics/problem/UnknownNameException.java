package io.clinicalstreams.topics.problem;

import java.util.List;

/** The catalogue has no topic, lane or client of this name. */
public final class UnknownNameException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public UnknownNameException(String kind, String name, List<String> known) {
        super("no %s '%s' in the catalogue%s"
                .formatted(
                        kind, name, known.isEmpty() ? ", which has none" : "; there are " + String.join(", ", known)));
    }
}
