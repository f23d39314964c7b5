package io.clinicalstreams.topics.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The derived ACLs compared with a cluster's. */
class AccessPlanTest {

    private final List<Grant> wanted = LeastPrivilege.of(CatalogueLoader.load("production"));
    private final List<AclBinding> derived =
            new ArrayList<>(wanted.stream().map(Grant::binding).toList());

    @Test
    void reportsNothingIfTheRulesAreTheDerivedOnes() {
        AccessPlan plan = AccessPlan.between(wanted, derived);

        assertThat(plan.isEmpty()).isTrue();
        assertThat(plan.missing()).isEmpty();
        assertThat(plan.extra()).isEmpty();
    }

    @Test
    void namesARemovedRuleAndItsPurpose() {
        derived.remove(wanted.get(0).binding());

        assertThat(AccessPlan.between(wanted, derived).missing())
                .containsExactly("User:clinical-gateway may write on topic clinical.resource.received"
                        + " (gateway: sends resources)");
    }

    @Test
    void namesExcessRightsOfOurPrincipalsAndListsOthersRightsOnOurTopics() {
        derived.add(rule("User:clinical-gateway", ResourceType.TOPIC, "*", AclPermissionType.ALLOW));
        derived.add(rule("User:clinical-gateway", ResourceType.CLUSTER, "kafka-cluster", AclPermissionType.DENY));
        derived.add(rule("User:archive", ResourceType.TOPIC, "*", AclPermissionType.ALLOW));
        derived.add(rule("User:archive", ResourceType.TOPIC, "somebody.elses", AclPermissionType.ALLOW));
        derived.add(rule("User:broker", ResourceType.CLUSTER, "kafka-cluster", AclPermissionType.ALLOW));

        AccessPlan plan = AccessPlan.between(wanted, derived);

        assertThat(plan.missing()).isEmpty();
        assertThat(plan.extra())
                .containsExactly(
                        "User:clinical-gateway may all on topic *", "User:clinical-gateway may not all on the cluster");
        assertThat(plan.other()).containsExactly("User:archive may all on topic *");
    }

    @Test
    void listsRulesWithAKindOfPatternThatOnlyNewerBrokersKnow() {
        AccessControlEntry all = new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW);
        AccessControlEntry archive =
                new AccessControlEntry("User:archive", "*", AclOperation.READ, AclPermissionType.ALLOW);
        derived.add(new AclBinding(new ResourcePattern(ResourceType.TOPIC, "x", PatternType.UNKNOWN), all));
        derived.add(new AclBinding(new ResourcePattern(ResourceType.TOPIC, "x", PatternType.UNKNOWN), archive));
        derived.add(new AclBinding(new ResourcePattern(ResourceType.USER, "x", PatternType.UNKNOWN), archive));

        AccessPlan plan = AccessPlan.between(wanted, derived);

        assertThat(plan.extra()).containsExactly("User:* may all on topic x");
        assertThat(plan.other()).containsExactly("User:archive may read on topic x");
    }

    private static AclBinding rule(String principal, ResourceType type, String name, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(type, name, PatternType.LITERAL),
                new AccessControlEntry(principal, "*", AclOperation.ALL, permission));
    }
}
