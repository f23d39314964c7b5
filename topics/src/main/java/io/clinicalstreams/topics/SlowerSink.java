package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requirePositive;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import java.time.Duration;

/**
 * An accepted miss of an objective: the lane may take longer to write a topic than the topic's profile promises.
 *
 * @param atMost upper limit of the lane's linger, and of its commit interval
 * @param why the reason it is accepted
 */
public record SlowerSink(Duration atMost, String why) {

    public SlowerSink {
        requirePositive("at-most", atMost);
        requireText("why", why);
    }
}
