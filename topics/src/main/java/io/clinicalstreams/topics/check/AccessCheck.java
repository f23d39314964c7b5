package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.access.AccessPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the cluster allows our principals exactly what they need. */
final class AccessCheck {

    static final String NAME = "access";

    private AccessCheck() {}

    /** @param plan empty where the cluster has no authorizer */
    static CheckResult of(Optional<AccessPlan> plan) {
        if (plan.isEmpty()) {
            return CheckResult.skipped(NAME, "the cluster has no authorizer: everybody may do everything");
        }
        List<String> wrong = new ArrayList<>();
        plan.get().missing().forEach(rule -> wrong.add("missing: " + rule));
        plan.get().extra().forEach(rule -> wrong.add("more than needed: " + rule));
        return CheckResult.of(NAME, wrong, plan.get().wanted().size() + " rules");
    }
}
