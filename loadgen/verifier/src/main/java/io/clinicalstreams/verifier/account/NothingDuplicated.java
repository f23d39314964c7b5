package io.clinicalstreams.verifier.account;

import java.util.ArrayList;
import java.util.List;

/** No resource has two outcomes, and no output came from nothing. */
public record NothingDuplicated(Verdict verdict) implements Promise {

    @Override
    public List<String> broken() {
        if (verdict.duplicated() == 0) {
            return List.of();
        }
        List<String> broken = new ArrayList<>();
        broken.add(verdict.duplicated() + " outcomes are too many");
        broken.addAll(verdict.problems());
        return broken;
    }
}
