package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Security;
import io.clinicalstreams.topics.access.AccessPlan;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
            String everybody = "the cluster has no authorizer: every client may do everything";
            return security.protocol().equals(Security.OPEN.protocol())
                    ? CheckResult.skipped(NAME, everybody)
                    : new CheckResult(
                            NAME,
                            Verdict.NOT_HELD,
                            List.of(everybody + ", although the environment has " + security.protocol()));
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
                Stream.concat(Stream.of(derived + ", and other principals' rules on our resources:"), other.stream())
                        .toList());
    }
}
