package io.clinicalstreams.topics.repair;

import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTransactionsResult;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Whether this login sees every transaction. The brokers leave transactional ids that a login may not describe out of
 * their lists without a word, so an empty list alone proves nothing.
 *
 * <p>An authorizer decides about an id by the ACLs for all ids, for the id's prefixes, and for the id itself. So one id of
 * each kind stands for all of its kind: one that no ACL names, each id that an ACL names, and for each prefix one id that
 * begins with it and that no other ACL names.
 */
record TransactionVisibility(Admin admin) {

    private static final AclBindingFilter OF_TRANSACTIONAL_IDS = new AclBindingFilter(
            new ResourcePatternFilter(ResourceType.TRANSACTIONAL_ID, null, PatternType.ANY),
            AccessControlEntryFilter.ANY);

    /**
     * Why a transaction may be hidden; empty if none is.
     *
     * @throws KafkaException if the cluster does not answer
     */
    Optional<String> refusal() {
        Collection<ResourcePattern> named;
        try {
            named = ClusterAnswer.of(admin.describeAcls(OF_TRANSACTIONAL_IDS).values()).stream()
                    .map(AclBinding::pattern)
                    .toList();
        } catch (SecurityDisabledException everyLoginMay) {
            return Optional.empty();
        } catch (AuthorizationException refused) {
            return Optional.of("this login may not describe the cluster's ACLs");
        }
        Set<String> ids = examples(named);
        DescribeTransactionsResult answers = admin.describeTransactions(ids);
        return ids.stream().allMatch(id -> isVisible(answers, id))
                ? Optional.empty()
                : Optional.of("this login may not describe every transactional id");
    }

    static Set<String> examples(Collection<ResourcePattern> named) {
        List<String> names = named.stream().map(ResourcePattern::name).toList();
        Set<String> ids = new HashSet<>(Set.of(beginningWith("", names)));
        named.forEach(pattern -> ids.add(
                pattern.patternType() == PatternType.PREFIXED ? beginningWith(pattern.name(), names) : pattern.name()));
        return ids;
    }

    /** An id that no longer name matches. */
    private static String beginningWith(String prefix, List<String> names) {
        return Stream.generate(() -> prefix + Uuid.randomUuid())
                .filter(id -> names.stream().noneMatch(name -> name.length() > prefix.length() && id.startsWith(name)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isVisible(DescribeTransactionsResult answers, String id) {
        try {
            Object unused = ClusterAnswer.of(answers.description(id));
            return true;
        } catch (TransactionalIdNotFoundException allowed) {
            return true;
        } catch (AuthorizationException refused) {
            return false;
        }
    }
}
