package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.EffectiveSetting;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Settings;
import io.clinicalstreams.topics.Topic;
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
        for (Topic topic : catalogue.topics()) {
            collect(topic.settings(), pending);
            collect(topic.producer(), pending);
            collect(topic.consumer(), pending);
        }
        for (Lane lane : catalogue.lanes()) {
            collect(lane.settings(), pending);
        }
        collect(catalogue.where().broker(), pending);
        return pending.isEmpty()
                ? CheckResult.of(NAME, List.of(), "every setting has its evidence")
                : new CheckResult(NAME, Verdict.PENDING, new ArrayList<>(pending));
    }

    private static void collect(Settings settings, Set<String> pending) {
        for (EffectiveSetting setting : settings.byName().values()) {
            if (setting.setting().isPending()) {
                pending.add(setting.file() + ": " + setting.path());
            }
        }
    }
}
