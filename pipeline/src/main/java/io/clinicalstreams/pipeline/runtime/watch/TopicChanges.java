package io.clinicalstreams.pipeline.runtime.watch;

import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/**
 * What became of a lane's topics while it runs. Kafka Streams notices some of these changes after minutes, and calls
 * them something else: it skips new partitions until its metadata is five minutes old, and retries forever to write to a
 * partition that does not exist.
 */
final class TopicChanges {

    /** A topic on the cluster. */
    record Found(Uuid id, int partitions) {}

    private final Lane lane;
    private final String environment;
    private final Map<String, Uuid> ids = new HashMap<>();

    TopicChanges(Lane lane, String environment) {
        this.lane = lane;
        this.environment = environment;
    }

    /** The lane's topics, changelogs included. */
    List<String> names() {
        return Stream.concat(lane.topics().stream().map(Topic::fullName), lane.internalTopics().stream())
                .toList();
    }

    /**
     * Why the lane must stop: it would lose input or state, or split a key's records.
     *
     * @param found by name, without topics that do not exist
     * @param wasRunning whether the lane was RUNNING before: then its sources and changelogs existed
     * @return one sentence for the operator; empty if it may continue
     */
    Optional<String> reasonToStop(Map<String, Found> found, boolean wasRunning) {
        for (Topic source : lane.sources()) {
            Optional<String> lost = lost(
                    source.fullName(),
                    found,
                    wasRunning,
                    "input that was not read yet is gone. Create it with '" + apply()
                            + "' if it does not exist, then start the lane again");
            if (lost.isPresent()) {
                return lost;
            }
        }
        for (String changelog : lane.internalTopics()) {
            Optional<String> lost = lost(
                    changelog,
                    found,
                    wasRunning,
                    "the lane's state, including open alerts, is lost. Start the"
                            + " lane again: it names the command that rebuilds its state from the remaining input");
            if (lost.isPresent()) {
                return lost;
            }
        }
        for (Topic topic : lane.topics()) {
            Found now = found.get(topic.fullName());
            if (now != null && isWrong(topic, now)) {
                return Optional.of(repartitioned(topic.fullName(), now.partitions(), topic.partitions()));
            }
        }
        int tasks = lane.sources().get(0).partitions();
        for (String changelog : lane.internalTopics()) {
            Found now = found.get(changelog);
            if (now != null && now.partitions() != tasks) {
                return Optional.of(repartitioned(changelog, now.partitions(), tasks));
            }
        }
        return Optional.empty();
    }

    /** Topics without which the lane waits, and continues once they exist again; with what to do. */
    Map<String, String> missing(Map<String, Found> found) {
        Map<String, String> missing = new HashMap<>();
        for (Topic topic : lane.topics()) {
            if (!found.containsKey(topic.fullName())) {
                missing.put(topic.fullName(), "does not exist: create it with '" + apply() + "'");
            }
        }
        return missing;
    }

    private Optional<String> lost(String name, Map<String, Found> found, boolean wasRunning, String consequence) {
        Found now = found.get(name);
        Uuid before = now == null ? ids.get(name) : ids.putIfAbsent(name, now.id());
        boolean isLost = now == null ? before != null || wasRunning : before != null && !before.equals(now.id());
        if (!isLost) {
            return Optional.empty();
        }
        String what = now == null ? " was deleted" : " was deleted and created again";
        return Optional.of("lane " + lane.name() + " stops: " + name + what + " while it was running; " + consequence);
    }

    /** More partitions of an output are harmless if no reader relies on the order of a key's records. */
    private boolean isWrong(Topic topic, Found found) {
        boolean isOutput = !lane.sources().contains(topic) && !lane.references().contains(topic);
        boolean isHarmless = isOutput && !topic.keyedOrder() && found.partitions() > topic.partitions();
        return found.partitions() != topic.partitions() && !isHarmless;
    }

    private String repartitioned(String name, int partitions, int before) {
        return "lane %s stops: %s has %d partitions instead of %d, changed while it was running; a key's records would be"
                        .formatted(lane.name(), name, partitions, before)
                + " in two partitions, or in one that does not exist. 'topics plan -e " + environment
                + "' says what to do about it";
    }

    private String apply() {
        return "topics apply -e " + environment;
    }
}
