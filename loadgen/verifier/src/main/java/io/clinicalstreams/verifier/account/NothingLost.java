package io.clinicalstreams.verifier.account;

import java.util.ArrayList;
import java.util.List;

/**
 * Every resource ended in exactly one of: recorded, rejected with the right reason, or ignored; whole and in its place.
 */
public record NothingLost(Verdict verdict) implements Promise {

    @Override
    public List<String> broken() {
        List<String> broken = new ArrayList<>();
        if (verdict.lost() > 0) {
            broken.add(verdict.lost() + " of " + verdict.sent() + " resources are lost");
        }
        // Duplicates are another promise's; what else is a problem breaks this one.
        if (verdict.lost() > 0 || (verdict.duplicated() == 0 && verdict.problemCount() > 0)) {
            broken.addAll(verdict.problems());
        }
        return broken;
    }
}
