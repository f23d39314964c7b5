package io.clinicalstreams.topics;

/** Looks up what takes effect in a catalogue, Kafka's defaults included. */
final class EffectiveValues {

    private final SettingDefinitions definitions = new SettingDefinitions();

    EffectiveValue topic(Topic topic, String name) {
        return value(
                topic.settings(),
                Section.TOPIC,
                name,
                CatalogueReading.fileOf(CatalogueReading.TOPICS, topic.name()),
                "settings");
    }

    EffectiveValue producer(Topic topic, String name) {
        return value(topic.producer(), Section.PRODUCER, name, profileFile(topic.profile()), "producer");
    }

    EffectiveValue consumer(Topic topic, String name) {
        return value(topic.consumer(), Section.CONSUMER, name, profileFile(topic.profile()), "consumer");
    }

    EffectiveValue lane(Lane lane, String name) {
        return value(lane.settings(), Section.STREAMS, name, profileFile(lane.profile()), "streams");
    }

    boolean isCompacted(Topic topic) {
        return text(topic, "cleanup.policy").contains("compact");
    }

    boolean isTiered(Topic topic) {
        return Boolean.parseBoolean(text(topic, "remote.storage.enable"));
    }

    private static String profileFile(Profile profile) {
        return CatalogueReading.fileOf(CatalogueReading.PROFILES, profile.name());
    }

    private String text(Topic topic, String name) {
        return topic.settings()
                .get(name)
                .map(EffectiveSetting::value)
                .or(() -> definitions.defaultOf(Section.TOPIC, name))
                .orElse("");
    }

    private EffectiveValue value(Settings settings, Section section, String name, String file, String path) {
        EffectiveSetting written = settings.get(name).orElse(null);
        if (written != null) {
            return new EffectiveValue(
                    written.file(), name, Long.parseLong(written.value().strip()));
        }
        String byDefault = definitions
                .defaultOf(section, name)
                .orElseThrow(() -> new IllegalArgumentException("Kafka has no default for " + name));
        return new EffectiveValue(file, path + '.' + name, Long.parseLong(byDefault));
    }
}
