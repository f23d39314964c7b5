package io.clinicalstreams.topics;

import java.util.Map;

/** Holds every setting that somebody wrote down against Kafka's own definition of it. */
final class WrittenSettings {

    private final SettingDefinitions definitions = new SettingDefinitions();
    private final Problems problems;

    WrittenSettings(Problems problems) {
        this.problems = problems;
    }

    void check(TopicFile topic) {
        check(
                CatalogueReading.fileOf(CatalogueReading.TOPICS, topic.name()),
                "settings",
                Section.TOPIC,
                topic.settings());
    }

    void check(LaneFile lane) {
        check(
                CatalogueReading.fileOf(CatalogueReading.LANES, lane.name()),
                "settings",
                Section.STREAMS,
                lane.settings());
    }

    void check(ProfileFile profile) {
        String file = CatalogueReading.fileOf(CatalogueReading.PROFILES, profile.name());
        for (Section section : Section.values()) {
            check(file, section.toString(), section, profile.section(section));
        }
    }

    void check(EnvironmentFile environment) {
        String file = CatalogueReading.fileOf(CatalogueReading.ENVIRONMENTS, environment.name());
        for (Section section : Section.values()) {
            check(file, section.toString(), section, environment.section(section));
        }
        environment
                .topics()
                .forEach((name, own) -> check(file, "topics." + name + ".settings", Section.TOPIC, own.settings()));
        environment
                .lanes()
                .forEach((name, own) -> check(file, "lanes." + name + ".settings", Section.STREAMS, own.settings()));
    }

    private void check(String file, String path, Section section, Map<String, Setting> settings) {
        settings.forEach((name, setting) -> {
            if (setting == null) {
                problems.add(file, path + '.' + name, "is empty");
            } else {
                definitions
                        .problemWith(section, name, setting.value())
                        .ifPresent(problem -> problems.add(file, path + '.' + name, problem));
            }
        });
    }
}
