package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Profile;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.Settings;
import io.clinicalstreams.topics.setting.StreamsDefaults;
import java.util.Optional;

/** Looks up the values in effect in a catalogue, including Kafka's defaults. */
final class EffectiveValues {

    private final SettingDefinitions definitions = new SettingDefinitions();

    EffectiveValue topic(Topic topic, String name) {
        return number(topic.settings(), Section.TOPIC, name, topicFile(topic), "settings");
    }

    EffectiveValue producer(Topic topic, String name) {
        return number(topic.producer(), Section.PRODUCER, name, profileFile(topic.profile()), "producer");
    }

    EffectiveValue consumer(Topic topic, String name) {
        return number(topic.consumer(), Section.CONSUMER, name, profileFile(topic.profile()), "consumer");
    }

    EffectiveValue broker(Environment where, String name) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, where.name());
        return number(where.broker(), Section.BROKER, name, file, "broker");
    }

    EffectiveValue lane(Lane lane, String name) {
        Optional<String> byStreams = StreamsDefaults.of(lane.isExactlyOnce(), name);
        if (byStreams.isPresent() && lane.settings().get(name).isEmpty()) {
            return new EffectiveValue(profileFile(lane.profile()), "streams." + name, Long.parseLong(byStreams.get()));
        }
        return number(lane.settings(), Section.STREAMS, name, profileFile(lane.profile()), "streams");
    }

    String topicText(Topic topic, String name) {
        return definitions.inEffect(topic.settings(), Section.TOPIC, name).orElse("");
    }

    EffectiveValue partitions(Environment where, Topic topic) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, where.name());
        return new EffectiveValue(file, "partitions of " + topic.name(), topic.partitions());
    }

    String consumerText(Topic topic, String name) {
        return definitions.inEffect(topic.consumer(), Section.CONSUMER, name).orElse("");
    }

    String producerText(Topic topic, String name) {
        return definitions.inEffect(topic.producer(), Section.PRODUCER, name).orElse("");
    }

    String laneText(Lane lane, String name) {
        return definitions.inEffect(lane.settings(), Section.STREAMS, name).orElse("");
    }

    boolean isTiered(Topic topic) {
        return Boolean.parseBoolean(topicText(topic, "remote.storage.enable"));
    }

    static String profileFile(Profile profile) {
        return CatalogueFiles.fileOf(CatalogueFiles.PROFILES, profile.name());
    }

    static String topicFile(Topic topic) {
        return CatalogueFiles.fileOf(CatalogueFiles.TOPICS, topic.name());
    }

    private EffectiveValue number(Settings settings, Section section, String name, String file, String path) {
        EffectiveSetting written = settings.get(name).orElse(null);
        if (written != null) {
            return new EffectiveValue(written.file(), written.path(), Long.parseLong(written.value()));
        }
        String byDefault = definitions
                .defaultOf(section, name)
                .orElseThrow(() -> new IllegalArgumentException("Kafka has no default for " + name));
        return new EffectiveValue(file, path + '.' + name, Long.parseLong(byDefault));
    }
}
