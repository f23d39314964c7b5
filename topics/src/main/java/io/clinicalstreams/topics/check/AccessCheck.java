package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whether the cluster allows our principals exactly what they need, and everybody nothing on what is ours. */
final class AccessCheck {

    static final String NAME = "access";

    private AccessCheck() {}

    /**
     * @param plan empty where the cluster has no authorizer
     * @param security of the environment; where clients have to say who they are, it has to count
     */
    static CheckResult of(Optional<AccessPlan> plan, Security security) {
        if (plan.isEmpty()) {
            String everybody = "the cluster has no authorizer: everybody may do everything";
            return security.protocol().equals(Security.OPEN.protocol())
                    ? CheckResult.skipped(NAME, everybody)
                    : new CheckResult(
                            NAME,
                            Verdict.NOT_HELD,
                            List.of(everybody + ", though the environment says " + security.protocol()));
        }
        List<String> wrong = new ArrayList<>();
        plan.get().missing().forEach(rule -> wrong.add("missing: " + rule));
        plan.get().extra().forEach(rule -> wrong.add("not derived: " + rule));
        List<String> other = plan.get().other();
        String derived = plan.get().wanted().size() + " rules as derived";
        if (!wrong.isEmpty() || other.isEmpty()) {
            return CheckResult.of(NAME, wrong, derived);
        }
        return new CheckResult(
                NAME,
                Verdict.HELD,
                Stream.concat(Stream.of(derived + ", and of others on what is ours:"), other.stream())
                        .toList());
    }
}
