package io.clinicalstreams.topics.plan;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.ClusterReader;
import io.clinicalstreams.topics.plan.Change.Action;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;

/**
 * Carries out a plan: first new topics, then settings, then partitions, each in as few calls as the controller allows.
 * Other settings are not touched; refused changes are not made. If the cluster refuses one topic, the others continue;
 * if it stops answering, or the command is interrupted, nothing more is tried. A new plan finds what is left, so it can
 * be stopped and run again at any time. Returns when the cluster shows the changes.
 */
public record PlanWork(Admin admin) {

    /**
     * Half of what a controller accepts in one request, which is 10,000 records of its log. A topic is one record, and
     * so is each of its partitions and settings. Kafka: {@code QuorumController}, {@code MAX_RECORDS_PER_USER_OP}.
     */
    static final int MOST_RECORDS_A_CALL = 5_000;

    /**
     * Carries out the permitted changes of a plan that was shown, unless the cluster has changed since.
     *
     * @return empty if a new plan is different; then nothing was done
     */
    public Optional<List<Step>> carryOutIfStill(TopicPlan seen, Catalogue catalogue, boolean allowDisruptive) {
        TopicPlan now = TopicPlan.between(catalogue, new ClusterReader(admin).read(catalogue));
        return now.equals(seen) ? Optional.of(carryOut(seen.permitted(allowDisruptive))) : Optional.empty();
    }

    /** @return one step for each change that is not refused, in the order of the attempts */
    public List<Step> carryOut(TopicPlan plan) {
        List<Step> steps = new ArrayList<>();
        carryOut(steps, of(plan, Action.CREATE), PlanWork::records, this::create);
        carryOut(steps, of(plan, Action.SET, Action.REMOVE), change -> 1, this::alter);
        carryOut(
                steps,
                of(plan, Action.ADD_PARTITIONS),
                change -> change.definition().partitions(),
                this::addPartitions);
        return new Propagation(admin).await(steps);
    }

    private static List<Change> of(TopicPlan plan, Action... actions) {
        return plan.changes().stream()
                .filter(change -> List.of(actions).contains(change.action()))
                .toList();
    }

    private static int records(Change change) {
        return 1 + change.definition().partitions() + change.settings().size();
    }

    private static void carryOut(
            List<Step> steps,
            List<Change> changes,
            ToIntFunction<Change> records,
            Function<List<Change>, List<Step>> call) {
        for (List<Change> together : calls(changes, records)) {
            boolean goesOn =
                    !Thread.currentThread().isInterrupted() && steps.stream().noneMatch(PlanWork::isWithoutAnswer);
            steps.addAll(
                    goesOn
                            ? call.apply(together)
                            : together.stream().map(Step::notTried).toList());
        }
    }

    /** The fewest lists in this order, each with no more records than one call may have. */
    private static List<List<Change>> calls(List<Change> changes, ToIntFunction<Change> records) {
        List<List<Change>> calls = new ArrayList<>();
        int room = 0;
        for (Change change : changes) {
            int needed = records.applyAsInt(change);
            if (calls.isEmpty() || needed > room) {
                calls.add(new ArrayList<>());
                room = MOST_RECORDS_A_CALL;
            }
            calls.get(calls.size() - 1).add(change);
            room -= needed;
        }
        return calls;
    }

    /** The cluster is unreachable or refuses the login: the next call would fail the same way. */
    private static boolean isWithoutAnswer(Step step) {
        KafkaException failure = step.failure();
        return failure != null && (ClusterAnswer.isUnknown(failure) || failure instanceof AuthenticationException);
    }

    private List<Step> create(List<Change> changes) {
        Map<String, KafkaFuture<Void>> answers = admin.createTopics(
                        changes.stream().map(PlanWork::toNewTopic).toList())
                .values();
        return steps(changes, change -> answers.get(change.topic()));
    }

    private static NewTopic toNewTopic(Change change) {
        Topic topic = change.definition();
        return new NewTopic(topic.fullName(), topic.partitions(), topic.replication()).configs(change.settings());
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
        return change.action() == Action.SET
                ? new AlterConfigOp(new ConfigEntry(change.key(), change.wanted()), AlterConfigOp.OpType.SET)
                : new AlterConfigOp(new ConfigEntry(change.key(), ""), AlterConfigOp.OpType.DELETE);
    }

    private List<Step> addPartitions(List<Change> changes) {
        Map<String, NewPartitions> wanted = new LinkedHashMap<>();
        changes.forEach(change -> wanted.put(
                change.topic(), NewPartitions.increaseTo(change.definition().partitions())));
        Map<String, KafkaFuture<Void>> answers = admin.createPartitions(wanted).values();
        return steps(changes, change -> answers.get(change.topic()));
    }

    private static List<Step> steps(List<Change> changes, Function<Change, KafkaFuture<Void>> answerTo) {
        return changes.stream()
                .map(change -> ClusterAnswer.refusal(answerTo.apply(change))
                        .map(failure -> Step.failed(change, failure))
                        .orElseGet(() -> Step.done(change)))
                .toList();
    }
}
