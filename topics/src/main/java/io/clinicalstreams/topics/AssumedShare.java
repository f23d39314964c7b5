package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requireText;

import java.math.BigDecimal;

/**
 * How many records a topic is assumed to get for each resource received. A measured share, or one given as an option,
 * takes precedence.
 *
 * @param why the reason for the assumption
 */
public record AssumedShare(BigDecimal value, String why) {

    public AssumedShare {
        if (value.signum() < 0) {
            throw new IllegalArgumentException("value: must be at least 0, was " + value);
        }
        requireText("why", why);
    }
}
