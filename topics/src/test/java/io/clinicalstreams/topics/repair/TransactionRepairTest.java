package io.clinicalstreams.topics.repair;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.repair.TransactionRepair.Abort;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.clients.admin.FakeAdminResults;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What becomes of a transaction that looks old. Its records have the producer's timestamps, so that it may as well be a
 * live backfill. That a real one is aborted: {@code HangingTransactionTest}.
 */
class TransactionRepairTest {

    private static final String BACKFILL = "backfill-1";
    private static final long END = 400;
    private static final long FIRST = 316;
    private static final ProducerState PRODUCER =
            new ProducerState(7, 2, 90, 0, OptionalInt.empty(), OptionalLong.of(FIRST));

    private final Catalogue catalogue = CatalogueLoader.load("development");
    private final TopicPartition rules =
            new TopicPartition(catalogue.topic(TopicNames.ALERT_RULE).fullName(), 0);
    private final FakeAdmin cluster = new FakeAdmin(FakeCluster.asWantedBy(catalogue));
    private final List<String> calls = new ArrayList<>();

    /** The transactional ids that the login may describe. */
    private Predicate<String> mayDescribe = id -> true;

    /** What its coordinator knows as open. */
    private Map<String, TopicPartition> known = Map.of();

    private boolean isOpen = true;

    private boolean isSilent;

    @Test
    void aPlanAloneAbortsNothingAndCarryingItOutAbortsWhatNoCoordinatorKnows() {
        cluster.withRules(List.of(acl("recording-", PatternType.PREFIXED)));

        List<Abort> plan = repair().plan();

        assertThat(plan).containsExactly(new Abort(rules.topic(), 0, FIRST, 7, 2, 0, Abort.State.PLANNED, ""));
        assertThat(calls).doesNotContain("abortTransaction");

        assertThat(repair().carryOut(plan)).extracting(Abort::state).containsExactly(Abort.State.ABORTED);
        assertThat(calls).contains("abortTransaction");
    }

    @Test
    void whetherItIsAbortedIsUnknownWhenTheClusterDoesNotAnswer() {
        List<Abort> plan = repair().plan();
        isSilent = true;

        assertThat(repair().carryOut(plan)).singleElement().satisfies(abort -> {
            assertThat(abort.state()).isEqualTo(Abort.State.UNKNOWN);
            assertThat(abort.why()).isEqualTo("no node answered");
        });
    }

    @Test
    void withoutAnAuthorizerNothingIsHidden() {
        assertThat(repair().plan()).extracting(Abort::state).containsExactly(Abort.State.PLANNED);
    }

    @Test
    void whatItsCoordinatorKnowsIsLeftAlone() {
        cluster.withRules(List.of());
        known = Map.of(BACKFILL, rules);

        assertThat(leftAlone()).contains("its coordinator knows it as " + BACKFILL);
    }

    @Test
    void whatItsCoordinatorKnowsElsewhereHangsHere() {
        known = Map.of(BACKFILL, new TopicPartition(rules.topic(), 1));

        assertThat(repair().plan()).extracting(Abort::state).containsExactly(Abort.State.PLANNED);
    }

    @Test
    void aLiveTransactionThatTheLoginMayNotDescribeIsLeftAlone() {
        known = Map.of(BACKFILL, rules);
        cluster.withRules(List.of());
        mayDescribe = id -> false;
        assertThat(leftAlone()).contains("its coordinator may know it", "every transactional id", "administrator");

        cluster.withRules(List.of(acl("recording-", PatternType.PREFIXED)));
        mayDescribe = id -> id.startsWith("recording-");
        assertThat(leftAlone()).as("only some ids are allowed").contains("may know it");

        cluster.withRules(List.of(acl("*", PatternType.LITERAL), acl(BACKFILL, PatternType.LITERAL)));
        mayDescribe = id -> !id.equals(BACKFILL);
        assertThat(leftAlone()).as("one id is denied").contains("may know it");

        cluster.withRules(List.of(acl("back", PatternType.PREFIXED), acl("back", PatternType.LITERAL)));
        mayDescribe = id -> !id.startsWith("back") || id.equals("back");
        assertThat(leftAlone()).as("ids with a prefix are denied").contains("may know it");
    }

    @Test
    void anIdThatStandsForOthersMatchesNoLongerPattern() {
        Set<String> named = new HashSet<>();
        for (char each = 'A'; each <= 'Z'; each++) {
            named.add("a" + each);
            named.add(String.valueOf(each));
        }

        Set<String> ids = TransactionVisibility.examples(named.stream()
                .map(name -> acl(name, PatternType.PREFIXED).pattern())
                .collect(Collectors.toSet()));

        assertThat(ids).hasSize(named.size() + 1);
        assertThat(ids.stream().filter(id -> named.stream().noneMatch(id::startsWith)))
                .hasSize(1);
    }

    private String leftAlone() {
        List<Abort> plan = repair().plan();
        assertThat(plan).extracting(Abort::state).containsExactly(Abort.State.LEFT);
        assertThat(repair().carryOut(plan)).isEqualTo(plan);
        assertThat(calls).doesNotContain("abortTransaction");
        return plan.get(0).why();
    }

    private TransactionRepair repair() {
        Admin admin = (Admin)
                Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] {Admin.class}, this::answer);
        return new TransactionRepair(catalogue, admin, InstantSource.system());
    }

    @SuppressWarnings("unchecked") // the admin client's own types
    private @Nullable Object answer(Object proxy, Method method, Object @Nullable [] arguments) {
        calls.add(method.getName());
        if (isSilent) {
            throw new TimeoutException("no node answered");
        }
        return switch (method.getName()) {
            case "listOffsets" -> FakeAdminResults.offsets(offsets(arguments));
            case "describeProducers" -> FakeAdminResults.producers((Collection<TopicPartition>) arguments[0], PRODUCER);
            case "listTransactions" ->
                FakeAdminResults.transactions(known.keySet().stream()
                        .filter(mayDescribe)
                        .map(id -> new TransactionListing(id, PRODUCER.producerId(), TransactionState.ONGOING))
                        .toList());
            case "describeTransactions" -> described((Collection<String>) arguments[0]);
            case "abortTransaction" -> {
                isOpen = false;
                yield FakeAdminResults.aborted(rules);
            }
            default -> cluster.invoke(proxy, method, arguments);
        };
    }

    @SuppressWarnings("unchecked") // the admin client's own types
    private Map<TopicPartition, Long> offsets(Object[] arguments) {
        boolean asksForTheTime = arguments.length == 1;
        boolean isStable = !asksForTheTime
                && ((ListOffsetsOptions) arguments[1]).isolationLevel() == IsolationLevel.READ_COMMITTED;
        return ((Map<TopicPartition, ?>) arguments[0])
                .keySet().stream()
                        .collect(Collectors.toMap(
                                each -> each,
                                each -> asksForTheTime ? -1 : isStable && isOpen && each.equals(rules) ? FIRST : END));
    }

    private DescribeTransactionsResult described(Collection<String> ids) {
        Map<String, KafkaFuture<TransactionDescription>> answers = new HashMap<>();
        for (String id : ids) {
            TopicPartition partition = known.get(id);
            if (!mayDescribe.test(id)) {
                answers.put(id, failed(new TransactionalIdAuthorizationException("not allowed")));
            } else if (partition == null) {
                answers.put(id, failed(new TransactionalIdNotFoundException("unknown")));
            } else {
                answers.put(
                        id,
                        KafkaFuture.completedFuture(new TransactionDescription(
                                0,
                                TransactionState.ONGOING,
                                PRODUCER.producerId(),
                                PRODUCER.producerEpoch(),
                                60_000,
                                OptionalLong.of(0),
                                Set.of(partition))));
            }
        }
        return FakeAdminResults.described(answers);
    }

    private static <T> KafkaFuture<T> failed(ApiException why) {
        KafkaFutureImpl<T> future = new KafkaFutureImpl<>();
        boolean unused = future.completeExceptionally(why);
        return future;
    }

    private static AclBinding acl(String name, PatternType type) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TRANSACTIONAL_ID, name, type),
                new AccessControlEntry("User:other", "*", AclOperation.WRITE, AclPermissionType.ALLOW));
    }
}
