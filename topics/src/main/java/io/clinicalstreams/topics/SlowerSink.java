package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requirePositive;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import java.time.Duration;

/**
 * An accepted miss: the readers of a topic may wait for the lane that writes it longer than the topic's profile promises.
 *
 * @param atMost how long the lane may linger, and how long it may take from one commit to the next
 * @param why that is accepted
 */
public record SlowerSink(Duration atMost, String why) {

    public SlowerSink {
        requirePositive("at-most", atMost);
        requireText("why", why);
    }
}
