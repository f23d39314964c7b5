package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Lists settings in effect whose evidence is pending, by file and path. The cluster is not at fault. */
record EvidenceCheck(Catalogue catalogue) {

    private static final String NAME = "evidence";

    CheckResult check() {
        Set<String> pending = new TreeSet<>();
        new SettingsInEffect(catalogue)
                .all()
                .filter(setting -> setting.setting().isPending())
                .forEach(setting -> pending.add(setting.file() + ": " + setting.path()));
        return pending.isEmpty()
                ? CheckResult.of(NAME, List.of(), "every setting has evidence")
                : new CheckResult(NAME, Verdict.PENDING, new ArrayList<>(pending));
    }
}
