package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.TopicClients;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;

/** Lists settings in effect whose evidence is pending, by file and path. The cluster is not at fault. */
record EvidenceCheck(Catalogue catalogue) {

    private static final String NAME = "evidence";

    CheckResult check() {
        Set<String> pending = new TreeSet<>();
        settingsInEffect()
                .filter(setting -> setting.setting().isPending())
                .forEach(setting -> pending.add(setting.file() + ": " + setting.path()));
        return pending.isEmpty()
                ? CheckResult.of(NAME, List.of(), "every setting has evidence")
                : new CheckResult(NAME, Verdict.PENDING, new ArrayList<>(pending));
    }

    /**
     * The catalogue's settings that apply to a topic, a client or a broker. The other settings have no effect that an
     * experiment could show.
     */
    Stream<EffectiveSetting> settingsInEffect() {
        Stream<Settings> ofTopics = catalogue.topics().stream().flatMap(topic -> {
            TopicClients clients = new TopicClients(catalogue, topic);
            return Stream.of(
                    topic.settings(),
                    clients.isWrittenByOthers() ? topic.producer() : Settings.NONE,
                    clients.isReadByOthers() ? topic.consumer() : Settings.NONE);
        });
        return Stream.of(
                        ofTopics.flatMap(EvidenceCheck::each),
                        each(catalogue.where().broker()),
                        catalogue.lanes().stream().flatMap(EvidenceCheck::ofLane))
                .flatMap(settings -> settings);
    }

    private static Stream<EffectiveSetting> ofLane(Lane lane) {
        boolean hasTopics = !lane.internalTopics().isEmpty();
        return each(lane.settings())
                .filter(setting -> hasTopics || !setting.name().startsWith(StreamsConfig.TOPIC_PREFIX));
    }

    private static Stream<EffectiveSetting> each(Settings settings) {
        return settings.byName().values().stream();
    }
}
