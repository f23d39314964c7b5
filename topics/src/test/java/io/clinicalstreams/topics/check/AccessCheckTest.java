package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.access.Grant;
import io.clinicalstreams.topics.access.LeastPrivilege;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.cluster.FakeAdmin;
import io.clinicalstreams.topics.cluster.FakeCluster;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** The check holds if our principals have their ACLs and no other principal has access. */
class AccessCheckTest {

    private static final Security PASSWORDS = new Security("SASL_SSL", "SCRAM-SHA-512");

    private final Catalogue catalogue = CatalogueLoader.load("production");
    private final List<AclBinding> rules = new ArrayList<>(
            LeastPrivilege.of(catalogue).stream().map(Grant::binding).toList());

    @Test
    void holdsWithTheDerivedRules() {
        assertThat(result().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void reportsWhoElseMayReadOurTopics() {
        rules.add(new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "clinical.", PatternType.PREFIXED),
                new AccessControlEntry("User:archive", "10.0.0.7", AclOperation.READ, AclPermissionType.ALLOW)));

        assertThat(result().verdict()).isEqualTo(Verdict.HELD);
        assertThat(result().details())
                .containsExactly(
                        (rules.size() - 1) + " rules as derived, and other principals' rules on our resources:",
                        "User:archive may read on topic clinical.* from 10.0.0.7");
    }

    @Test
    void namesAMissingRule() {
        AclBinding gone = rules.remove(0);

        assertThat(result().details())
                .singleElement()
                .asString()
                .startsWith("missing: " + gone.entry().principal());
    }

    @Test
    void namesRulesForAllUsersOnOurTopics() {
        rules.add(forEverybody("*", PatternType.LITERAL, AclPermissionType.ALLOW));
        rules.add(forEverybody("clinical.", PatternType.PREFIXED, AclPermissionType.ALLOW));
        rules.add(forEverybody("clinical.alert.generated", PatternType.LITERAL, AclPermissionType.DENY));
        rules.add(
                forEverybody("clinical-streams.alerting-old-changelog", PatternType.LITERAL, AclPermissionType.ALLOW));
        rules.add(forEverybody("somebody.elses", PatternType.PREFIXED, AclPermissionType.ALLOW));

        assertThat(result().details())
                .containsExactly(
                        "not derived: User:* may not read on topic clinical.alert.generated",
                        "not derived: User:* may read on topic *",
                        "not derived: User:* may read on topic clinical-streams.alerting-old-changelog",
                        "not derived: User:* may read on topic clinical.*");
    }

    @Test
    void doesNotHoldWithoutAnAuthorizerIfClientsAuthenticate() {
        assertThat(AccessCheck.of(Optional.empty(), PASSWORDS).verdict()).isEqualTo(Verdict.NOT_HELD);
        assertThat(AccessCheck.of(Optional.empty(), new Security("SSL", null)).details())
                .containsExactly("the cluster has no authorizer: every client may do everything, although the"
                        + " environment has SSL");
    }

    @Test
    void isSkippedWithAMessageWithoutAnAuthorizerInPlaintext() {
        CheckResult result = AccessCheck.of(Optional.empty(), Security.OPEN);

        assertThat(result.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(result.details()).containsExactly("the cluster has no authorizer: every client may do everything");
    }

    private CheckResult result() {
        FakeAdmin admin = new FakeAdmin(FakeCluster.empty(3)).withRules(rules);
        return AccessCheck.of(AccessPlan.between(catalogue, admin.admin()), PASSWORDS);
    }

    private static AclBinding forEverybody(String topic, PatternType pattern, AclPermissionType permission) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, pattern),
                new AccessControlEntry("User:*", "*", AclOperation.READ, permission));
    }
}
