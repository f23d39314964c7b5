package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.plan.Change.AddPartitions;
import io.clinicalstreams.topics.plan.Change.ChangeSetting;
import io.clinicalstreams.topics.plan.Change.CreateTopic;
import io.clinicalstreams.topics.plan.Change.RemoveSetting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Makes a cluster what a plan says: first new topics, then settings, then partitions, each in one call for all topics.
 * Settings that the plan does not name are not touched. Refused changes are not done. Where a call fails for a topic the
 * others go on, and the calls after it are not made; planning again finds what is left, so it may be stopped and run
 * again at any time. Returns when the cluster shows what was done.
 */
public record PlanWork(Admin admin) {

    /**
     * Carries out a plan that somebody has seen, unless the cluster is not the one any more that it was made for.
     *
     * @return empty when a plan made now is another one; then nothing was done
     */
    public Optional<List<Step>> carryOutIfStill(TopicPlan seen, Catalogue catalogue) {
        TopicPlan now = TopicPlan.between(catalogue, new ClusterReader(admin).read(catalogue));
        return now.equals(seen) ? Optional.of(carryOut(seen)) : Optional.empty();
    }

    /** @return one step for each change that is not refused, in the order they were tried */
    public List<Step> carryOut(TopicPlan plan) {
        List<Step> steps = new ArrayList<>();
        carryOut(steps, of(plan, CreateTopic.class), this::create);
        carryOut(
                steps,
                plan.changes().stream()
                        .filter(change -> change instanceof ChangeSetting || change instanceof RemoveSetting)
                        .toList(),
                this::alter);
        carryOut(steps, of(plan, AddPartitions.class), this::addPartitions);
        return Agreement.of(admin).await(steps);
    }

    private static <C extends Change> List<C> of(TopicPlan plan, Class<C> kind) {
        return plan.changes().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static <C extends Change> void carryOut(
            List<Step> steps, List<C> changes, Function<List<C>, List<Step>> call) {
        if (changes.isEmpty()) {
            return;
        }
        boolean goesOn = !Thread.currentThread().isInterrupted()
                && steps.stream().allMatch(step -> step.state() == Step.State.DONE);
        steps.addAll(
                goesOn
                        ? call.apply(changes)
                        : changes.stream().map(Step::notTried).toList());
    }

    private List<Step> create(List<CreateTopic> changes) {
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(changes.stream()
                        .map(change -> toNewTopic(change.definition()))
                        .toList())
                .values();
        return steps(changes, change -> answers.get(change.topic()));
    }

    private static NewTopic toNewTopic(Topic topic) {
        return new NewTopic(topic.fullName(), topic.partitions(), topic.replication())
                .configs(topic.settings().plain());
    }

    private List<Step> alter(List<Change> changes) {
        Map<ConfigResource, Collection<AlterConfigOp>> operations = new LinkedHashMap<>();
        for (Change change : changes) {
            operations
                    .computeIfAbsent(resource(change), resource -> new ArrayList<>())
                    .add(operation(change));
        }
        Map<ConfigResource, KafkaFuture<Void>> answers =
                admin.incrementalAlterConfigs(operations).values();
        return steps(changes, change -> answers.get(resource(change)));
    }

    private static ConfigResource resource(Change change) {
        return new ConfigResource(ConfigResource.Type.TOPIC, change.topic());
    }

    private static AlterConfigOp operation(Change change) {
        return change instanceof ChangeSetting setting
                ? new AlterConfigOp(new ConfigEntry(setting.key(), setting.wanted()), AlterConfigOp.OpType.SET)
                : new AlterConfigOp(new ConfigEntry(change.key(), ""), AlterConfigOp.OpType.DELETE);
    }

    private List<Step> addPartitions(List<AddPartitions> changes) {
        Map<String, NewPartitions> wanted = new LinkedHashMap<>();
        changes.forEach(change -> wanted.put(change.topic(), NewPartitions.increaseTo(change.partitions())));
        Map<String, KafkaFuture<Void>> answers = admin.createPartitions(wanted).values();
        return steps(changes, change -> answers.get(change.topic()));
    }

    private static <C extends Change> List<Step> steps(List<C> changes, Function<C, KafkaFuture<Void>> answerTo) {
        List<Step> steps = new ArrayList<>();
        for (C change : changes) {
            try {
                ClusterAnswer.of(answerTo.apply(change));
                steps.add(Step.done(change));
            } catch (KafkaException failure) {
                steps.add(Step.failed(change, failure));
            }
        }
        return steps;
    }
}
