package io.clinicalstreams.topics;

import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireText;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;

/**
 * An accepted miss: the readers of a topic may wait for the lane that writes it longer than the topic's profile promises.
 *
 * @param atMost how long the lane may linger, and how long it may take from one commit to the next
 * @param why that is accepted
 */
public record SlowerSink(
        @JsonProperty(required = true) Duration atMost,
        @JsonProperty(required = true) String why) {

    public SlowerSink {
        requireAtLeast("at-most", 1, atMost.toMillis());
        requireText("why", why);
    }
}
