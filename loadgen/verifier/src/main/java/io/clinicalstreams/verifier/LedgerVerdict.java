package io.clinicalstreams.verifier;

import io.clinicalstreams.topics.check.CheckResult;
import io.clinicalstreams.verifier.ledger.LedgerCounts;
import java.util.List;
import java.util.Map;

/**
 * The verdict on the lanes' ledger: by itself, against the offsets that the lanes have committed, and against their
 * output.
 *
 * @param counted by lane
 */
public record LedgerVerdict(Map<String, LedgerCounts> counted, List<CheckResult> checks) {

    public LedgerVerdict {
        checks = List.copyOf(checks);
    }

    /** Whether no check failed. */
    public boolean isGood() {
        return checks.stream().noneMatch(check -> check.verdict() == CheckResult.Verdict.NOT_HELD);
    }
}
