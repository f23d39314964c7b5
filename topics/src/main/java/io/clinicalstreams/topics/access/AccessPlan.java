package io.clinicalstreams.topics.access;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The required access rules compared with those of a cluster. A rule that was not derived is <em>extra</em> if it is
 * for one of our principals, or for all users on one of our resources: it allows or denies too much. Rules of
 * <em>other</em> principals on our resources are listed only: whether a monitor or an archive may read our topics is a
 * human decision.
 *
 * @param wanted all derived grants
 * @param missingGrants derived grants that the cluster does not have
 * @param extraBindings the extra rules, sorted by their text
 * @param otherBindings the other principals' rules on our topics, groups and transactional ids, sorted likewise
 */
public record AccessPlan(
        List<Grant> wanted, List<Grant> missingGrants, List<AclBinding> extraBindings, List<AclBinding> otherBindings) {

    /** All users, in Kafka's format. */
    private static final String ALL_USERS = "User:*";

    public AccessPlan {
        wanted = List.copyOf(wanted);
        missingGrants = List.copyOf(missingGrants);
        extraBindings = List.copyOf(extraBindings);
        otherBindings = List.copyOf(otherBindings);
    }

    /**
     * Compares with a cluster.
     *
     * @return empty if the cluster has no authorizer: every client may do everything there
     * @throws KafkaException if the cluster does not answer or refuses to list its rules
     */
    public static Optional<AccessPlan> between(Catalogue catalogue, Admin admin) {
        try {
            return Optional.of(between(
                    LeastPrivilege.of(catalogue),
                    ClusterAnswer.of(admin.describeAcls(AclBindingFilter.ANY).values())));
        } catch (SecurityDisabledException noAuthorizer) {
            return Optional.empty();
        }
    }

    static AccessPlan between(List<Grant> wanted, Collection<AclBinding> actual) {
        Set<AclBinding> present = Set.copyOf(actual);
        Set<AclBinding> derived = wanted.stream().map(Grant::binding).collect(Collectors.toSet());
        Set<String> ours = wanted.stream().map(Grant::principal).collect(Collectors.toSet());
        Set<ResourcePattern> resources = wanted.stream().map(Grant::resource).collect(Collectors.toSet());
        Predicate<AclBinding> isOfOurs =
                binding -> ours.contains(binding.entry().principal());
        Predicate<AclBinding> isForEverybody =
                binding -> binding.entry().principal().equals(ALL_USERS);
        Predicate<AclBinding> touchesOurs =
                binding -> resources.stream().anyMatch(resource -> overlap(binding.pattern(), resource));
        List<AclBinding> notDerived = present.stream()
                .filter(binding -> !derived.contains(binding))
                .sorted(Comparator.comparing(Grant::line))
                .toList();
        return new AccessPlan(
                wanted,
                wanted.stream()
                        .filter(grant -> !present.contains(grant.binding()))
                        .toList(),
                notDerived.stream()
                        .filter(isOfOurs.or(isForEverybody.and(touchesOurs)))
                        .toList(),
                notDerived.stream()
                        .filter(isOfOurs.or(isForEverybody).negate().and(touchesOurs))
                        .filter(binding -> binding.pattern().resourceType() != ResourceType.CLUSTER)
                        .toList());
    }

    /** Whether the cluster has exactly the derived rules for our principals. */
    public boolean isEmpty() {
        return missingGrants.isEmpty() && extraBindings.isEmpty();
    }

    /** Derived rules that the cluster does not have, one line each. */
    public List<String> missing() {
        return missingGrants.stream()
                .map(grant -> grant + " (" + grant.role() + ": " + grant.why() + ')')
                .toList();
    }

    /** Rules for our principals, and for all users on our resources, that were not derived, one line each. */
    public List<String> extra() {
        return extraBindings.stream().map(Grant::line).toList();
    }

    /** Rules of other principals on our resources, one line each. */
    public List<String> other() {
        return otherBindings.stream().map(Grant::line).toList();
    }

    /**
     * Adds the missing rules, in one call. Never removes a rule. The caller needs the right to alter the cluster; this
     * right allows everything, so none of our principals has it.
     *
     * @return the result of each missing grant: empty if it was added, else why it was not, or why that is unknown although
     *     the cluster was asked again
     */
    public Map<Grant, Optional<KafkaException>> apply(Admin admin) {
        Map<AclBinding, KafkaFuture<Void>> answers = admin.createAcls(
                        missingGrants.stream().map(Grant::binding).toList())
                .values();
        Map<Grant, Optional<KafkaException>> outcomes = new LinkedHashMap<>();
        for (Grant grant : missingGrants) {
            KafkaFuture<Void> answer = answers.get(grant.binding());
            outcomes.put(grant, answer == null ? Optional.empty() : ClusterAnswer.refusal(answer));
        }
        if (outcomes.values().stream().flatMap(Optional::stream).anyMatch(ClusterAnswer::isUnknown)) {
            askAgain(outcomes, admin);
        }
        return outcomes;
    }

    private static void askAgain(Map<Grant, Optional<KafkaException>> outcomes, Admin admin) {
        try {
            Set<AclBinding> present = Set.copyOf(
                    ClusterAnswer.of(admin.describeAcls(AclBindingFilter.ANY).values()));
            outcomes.replaceAll((grant, failure) -> present.contains(grant.binding()) ? Optional.empty() : failure);
        } catch (KafkaException silent) {
            // It stays unknown.
        }
    }

    /** Whether there can be a resource that both patterns cover. */
    private static boolean overlap(ResourcePattern one, ResourcePattern other) {
        return covers(one, other) || covers(other, one);
    }

    /** A pattern of a kind that only newer brokers know may cover every name. */
    private static boolean covers(ResourcePattern pattern, ResourcePattern named) {
        if (pattern.patternType() == PatternType.UNKNOWN) {
            return pattern.resourceType() == named.resourceType();
        }
        return new ResourcePatternFilter(named.resourceType(), named.name(), PatternType.MATCH).matches(pattern);
    }
}
