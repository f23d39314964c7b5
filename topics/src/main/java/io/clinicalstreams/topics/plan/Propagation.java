package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.cluster.ClusterState;
import io.clinicalstreams.topics.cluster.MetadataLog;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Waits until the cluster shows the changes: the controller answers before every broker knows a change, and a lane or a
 * plan that queries a slower broker would see the old state.
 */
record Propagation(Admin admin) {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    /** @return the steps; a step that the cluster did not show in time has failed */
    List<Step> await(List<Step> steps) {
        List<Step> expected = steps.stream().filter(Propagation::isExpected).toList();
        if (expected.isEmpty()) {
            return steps;
        }
        List<String> topics =
                expected.stream().map(step -> step.change().topic()).distinct().toList();
        try {
            MetadataLog log = new MetadataLog(admin);
            OptionalLong end = log.end();
            boolean isShown = ClusterAnswer.eventually(AT_MOST, () -> {
                boolean isEverywhere = end.isEmpty() || log.isReadUpTo(end.getAsLong());
                ClusterState state = new ClusterReader(admin).read(topics);
                return isEverywhere && expected.stream().allMatch(step -> isShown(step, state));
            });
            return isShown ? steps : unseen(steps, AT_MOST.toSeconds() + " s passed");
        } catch (InterruptException stopped) {
            return steps;
        } catch (KafkaException silent) {
            return unseen(steps, ClusterAnswer.inWords(silent));
        }
    }

    /** Also true if another operator made the change. */
    private static boolean isExpected(Step step) {
        return step.state() == Step.State.DONE || step.failure() instanceof TopicExistsException;
    }

    private static boolean isShown(Step step, ClusterState state) {
        return state.topic(step.change().topic())
                .filter(step.change()::isShownBy)
                .isPresent();
    }

    private static List<Step> unseen(List<Step> steps, String why) {
        KafkaException failure = new KafkaException("done, but not every broker shows it: " + why);
        return steps.stream()
                .map(step -> step.state() == Step.State.DONE ? Step.failed(step.change(), failure) : step)
                .toList();
    }
}
