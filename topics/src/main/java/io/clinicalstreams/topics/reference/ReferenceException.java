package io.clinicalstreams.topics.reference;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.util.List;

/** Reference data that cannot be used, from the catalogue's files or from a topic. */
public final class ReferenceException extends CatalogueException {

    private static final long serialVersionUID = 1L;

    ReferenceException(List<Problem> problems) {
        super(problems);
    }
}
