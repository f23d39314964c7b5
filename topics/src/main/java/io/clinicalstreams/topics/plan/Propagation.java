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
import org.jspecify.annotations.Nullable;

/**
 * Waits until the cluster shows the changes: the controller answers before every broker knows a change, and a lane or a
 * plan that queries a slower broker would see the old state.
 */
record Propagation(Admin admin) {

    private static final Duration AT_MOST = Duration.ofSeconds(30);

    /**
     * A cluster that does not answer meanwhile is asked again.
     *
     * @return the steps: a change that the cluster did not show in time is unknown; one whose request was not answered
     *     is done if the cluster shows it
     */
    List<Step> await(List<Step> steps) {
        List<Step> expected = steps.stream().filter(Propagation::isExpected).toList();
        List<String> topics = steps.stream()
                .filter(step -> isExpected(step) || isAskedAgain(step))
                .map(step -> step.change().topic())
                .distinct()
                .toList();
        if (topics.isEmpty()) {
            return steps;
        }
        View view = new View(new MetadataLog(admin), topics);
        try {
            boolean isShown = ClusterAnswer.eventually(AT_MOST, () -> view.shows(expected));
            return steps.stream().map(step -> judged(step, isShown, view)).toList();
        } catch (InterruptException stopped) {
            return steps;
        }
    }

    private static Step judged(Step step, boolean isShown, View view) {
        return switch (step.state()) {
            case DONE ->
                isShown
                        ? step
                        : Step.unknown(
                                step.change(),
                                new KafkaException("made, but not every broker shows it: " + view.reason));
            case UNKNOWN -> isAskedAgain(step) && view.shows(step) ? Step.done(step.change()) : step;
            case FAILED, NOT_TRIED -> step;
        };
    }

    /** Once interrupted, the command ends without another question. */
    private static boolean isAskedAgain(Step step) {
        return step.state() == Step.State.UNKNOWN && !(step.failure() instanceof InterruptException);
    }

    /** The cluster as last seen. */
    private final class View {

        private final MetadataLog log;
        private final List<String> topics;
        private @Nullable OptionalLong end;
        private @Nullable ClusterState state;
        private String reason = AT_MOST.toSeconds() + " s passed";

        private View(MetadataLog log, List<String> topics) {
            this.log = log;
            this.topics = topics;
        }

        private boolean shows(Step step) {
            ClusterState last = state;
            return last != null && isShown(step, last);
        }

        private boolean shows(List<Step> expected) {
            try {
                if (end == null) {
                    end = log.end();
                }
                boolean isEverywhere = end.isEmpty() || log.isReadUpTo(end.getAsLong());
                ClusterState now = new ClusterReader(admin).read(topics);
                state = now;
                return isEverywhere && expected.stream().allMatch(step -> isShown(step, now));
            } catch (InterruptException stopped) {
                throw stopped;
            } catch (KafkaException silent) {
                reason = ClusterAnswer.inWords(silent);
                return expected.isEmpty();
            }
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
}
