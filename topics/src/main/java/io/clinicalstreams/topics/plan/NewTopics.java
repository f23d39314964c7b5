package io.clinicalstreams.topics.plan;

import java.time.Duration;
import java.util.Collection;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Topics that were just made. */
record NewTopics(Admin admin) {

    private static final Duration UNTIL_VISIBLE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 50;

    /** The controller answers before every broker has heard of a new topic; a lane that starts now would not find it. */
    void awaitVisible(Collection<String> names) {
        long deadline = System.nanoTime() + UNTIL_VISIBLE.toNanos();
        while (!areVisible(names)) {
            if (System.nanoTime() > deadline) {
                throw new KafkaException("topics were created, but the cluster does not show them after "
                        + UNTIL_VISIBLE.toSeconds() + " s: " + String.join(", ", names));
            }
            pause();
        }
    }

    private boolean areVisible(Collection<String> names) {
        try {
            return ClusterAnswer.of(admin.describeTopics(names).allTopicNames()).values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (UnknownTopicOrPartitionException notYet) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }
}
