package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.access.AccessPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks that the cluster allows our principals exactly what they need, and all users nothing on our resources. */
final class AccessCheck {

    static final String NAME = "access";

    private AccessCheck() {}

    /**
     * @param plan empty if the cluster has no authorizer
     * @param security security of the environment; if clients must authenticate, an authorizer is required
     */
    static CheckResult of(Optional<AccessPlan> plan, Security security) {
        if (plan.isEmpty()) {
            String noAuthorizer = "the cluster has no authorizer: every client may do everything";
            return security.protocol().equals(Security.OPEN.protocol())
                    ? CheckResult.skipped(NAME, noAuthorizer)
                    : CheckResult.of(
                            NAME, List.of(noAuthorizer + ", although the environment has " + security.protocol()), "");
        }
        List<String> wrong = new ArrayList<>();
        plan.get().missing().forEach(rule -> wrong.add("missing: " + rule));
        plan.get().extra().forEach(rule -> wrong.add("not derived: " + rule));
        List<String> held = new ArrayList<>(plan.get().other());
        held.add(
                0,
                plan.get().wanted().size() + " rules as derived"
                        + (held.isEmpty() ? "" : ", and other principals' rules on our resources:"));
        return CheckResult.of(NAME, wrong, held);
    }
}
