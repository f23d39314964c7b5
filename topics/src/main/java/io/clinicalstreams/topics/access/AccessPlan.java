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
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The access rules that should be, beside those that a cluster has. A rule that was not derived is <em>extra</em> when
 * it is one of our principals', or is for everybody and touches a resource of ours: it opens what is closed here, or
 * closes what is open. Rules by which <em>other</em> principals touch what is ours are shown and not judged: whether a
 * monitor or an archive may read along is a human decision.
 *
 * @param wanted all derived grants
 * @param missingGrants those of them that the cluster does not have
 * @param extraBindings the extra rules, in the order of their words
 * @param otherBindings the other principals' rules on our topics, groups and transactional ids, in that order too
 */
public record AccessPlan(
        List<Grant> wanted, List<Grant> missingGrants, List<AclBinding> extraBindings, List<AclBinding> otherBindings) {

    /** Everybody, as Kafka writes it. */
    private static final String EVERYBODY = "User:*";

    public AccessPlan {
        wanted = List.copyOf(wanted);
        missingGrants = List.copyOf(missingGrants);
        extraBindings = List.copyOf(extraBindings);
        otherBindings = List.copyOf(otherBindings);
    }

    /**
     * Compares with a cluster.
     *
     * @return empty when the cluster has no authorizer: there everybody may do everything
     * @throws KafkaException when the cluster does not answer or does not show its rules
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
                binding -> binding.entry().principal().equals(EVERYBODY);
        Predicate<AclBinding> touchesOurs =
                binding -> resources.stream().anyMatch(resource -> Overlap.of(binding.pattern(), resource));
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

    /** Whether the cluster allows our principals exactly what is derived. */
    public boolean isEmpty() {
        return missingGrants.isEmpty() && extraBindings.isEmpty();
    }

    /** Derived rules that the cluster does not have, a line each. */
    public List<String> missing() {
        return missingGrants.stream()
                .map(grant -> grant + " (" + grant.role() + ": " + grant.why() + ')')
                .toList();
    }

    /** Rules of our principals, and for everybody on our resources, that were not derived, a line each. */
    public List<String> extra() {
        return extraBindings.stream().map(Grant::line).toList();
    }

    /** Rules by which other principals touch what is ours, a line each. */
    public List<String> other() {
        return otherBindings.stream().map(Grant::line).toList();
    }

    /**
     * Adds the missing rules, in one call. Never removes one. The caller needs the right to alter the cluster,
     * which is everything, so no principal of ours has it.
     *
     * @return what became of each missing grant: nothing where it was added, else the cluster's refusal
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
        return outcomes;
    }
}
