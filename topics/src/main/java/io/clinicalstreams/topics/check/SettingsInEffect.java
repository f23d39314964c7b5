package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicClients;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The catalogue's settings that apply to a topic, a client or a broker. The other settings have no effect that an
 * experiment could show.
 */
record SettingsInEffect(Catalogue catalogue) {

    Stream<EffectiveSetting> all() {
        List<Settings> reaching = new ArrayList<>();
        for (Topic topic : catalogue.topics()) {
            TopicClients clients = new TopicClients(catalogue, topic);
            reaching.add(topic.settings());
            if (clients.isWrittenByOthers()) {
                reaching.add(topic.producer());
            }
            if (clients.isReadByOthers()) {
                reaching.add(topic.consumer());
            }
        }
        reaching.add(catalogue.where().broker());
        return Stream.concat(
                reaching.stream().flatMap(settings -> settings.byName().values().stream()),
                catalogue.lanes().stream().flatMap(SettingsInEffect::of));
    }

    private static Stream<EffectiveSetting> of(Lane lane) {
        boolean hasTopics = !lane.internalTopics().isEmpty();
        return lane.settings().byName().values().stream()
                .filter(setting -> hasTopics || !setting.name().startsWith(StreamsConfig.TOPIC_PREFIX));
    }
}
