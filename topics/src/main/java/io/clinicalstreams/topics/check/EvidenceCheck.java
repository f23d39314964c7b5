package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which settings in effect still wait for a measurement, by file and path. That is no fault of the cluster. */
record EvidenceCheck(Catalogue catalogue) {

    private static final String NAME = "evidence";

    CheckResult check() {
        Set<String> pending = new TreeSet<>();
        new SettingsInEffect(catalogue)
                .all()
                .filter(setting -> setting.setting().isPending())
                .forEach(setting -> pending.add(setting.file() + ": " + setting.path()));
        return pending.isEmpty()
                ? CheckResult.of(NAME, List.of(), "every setting has its evidence")
                : new CheckResult(NAME, Verdict.PENDING, new ArrayList<>(pending));
    }
}
