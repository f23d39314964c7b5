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
import org.apache.kafka.streams.StreamsConfig;

/** Which settings in effect still wait for a measurement. That is no fault of the cluster. */
record EvidenceCheck(Catalogue catalogue) {

    private static final String NAME = "evidence";
    private static final String CONSUMER = "consumer.";

    CheckResult check() {
        Set<String> pending = new TreeSet<>();
        for (Topic topic : catalogue.topics()) {
            collect("topic.", topic.settings(), pending);
            collect("producer.", topic.producer(), pending);
            collect(CONSUMER, topic.consumer(), pending);
        }
        for (Lane lane : catalogue.lanes()) {
            collect("", lane.settings(), pending);
        }
        return pending.isEmpty()
                ? CheckResult.of(NAME, List.of(), "every setting has its evidence")
                : new CheckResult(NAME, Verdict.PENDING, new ArrayList<>(pending));
    }

    private static void collect(String prefix, Settings settings, Set<String> pending) {
        for (EffectiveSetting setting : settings.byName().values()) {
            if (setting.setting().isPending()) {
                pending.add(setting.file() + ": " + prefix + asWritten(setting.name()));
            }
        }
    }

    /** A profile's consumer settings reach a lane under the prefix of its main consumer. */
    private static String asWritten(String name) {
        return name.startsWith(StreamsConfig.MAIN_CONSUMER_PREFIX)
                ? CONSUMER + name.substring(StreamsConfig.MAIN_CONSUMER_PREFIX.length())
                : name;
    }
}
