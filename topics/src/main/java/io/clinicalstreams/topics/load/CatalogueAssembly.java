package io.clinicalstreams.topics.load;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Client;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Profile;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.ClientFile;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.file.EnvironmentFile.LaneOverlay;
import io.clinicalstreams.topics.file.EnvironmentFile.TopicOverlay;
import io.clinicalstreams.topics.file.LaneFile;
import io.clinicalstreams.topics.file.ProfileFile;
import io.clinicalstreams.topics.file.TopicFile;
import io.clinicalstreams.topics.setting.Origin;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import io.clinicalstreams.topics.setting.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Merges the layers of settings of one environment: its security, the profile, the topic or lane, the environment. */
record CatalogueAssembly(
        Map<String, TopicFile> topicFiles,
        Map<String, LaneFile> laneFiles,
        Map<String, ClientFile> clientFiles,
        Map<String, ProfileFile> profileFiles,
        EnvironmentSettings derived) {

    /** The section with the settings of topics, lanes and overlays. */
    private static final String SETTINGS = "settings";

    private EnvironmentFile environment() {
        return derived.environment();
    }

    Catalogue assemble() {
        Map<String, Topic> topics = new LinkedHashMap<>();
        topicFiles.forEach((name, file) -> topics.put(name, topic(file)));
        Map<String, Lane> lanes = new LinkedHashMap<>();
        laneFiles.forEach((name, file) -> lanes.put(name, lane(file, topics)));
        List<Client> clients = clientFiles.values().stream()
                .map(file -> client(file, topics, lanes))
                .toList();
        return new Catalogue(
                environment().toEnvironment(), List.copyOf(topics.values()), List.copyOf(lanes.values()), clients);
    }

    private Topic topic(TopicFile file) {
        Profile profile = profile(file.profile());
        String path = CatalogueFiles.fileOf(CatalogueFiles.TOPICS, file.name());
        TopicOverlay overlay = environment().topics().getOrDefault(file.name(), TopicOverlay.NONE);
        Settings settings = derived.forTopic(profile.topic()
                .overlaidBy(Settings.from(Origin.TOPIC, path, SETTINGS, file.settings()))
                .overlaidBy(derived.section(Section.TOPIC))
                .overlaidBy(derived.own("topics." + file.name() + '.' + SETTINGS, overlay.settings())));
        return new Topic(
                file.name(),
                environment().toEnvironment().namePrefix() + file.name(),
                file.goal(),
                file.key(),
                file.value(),
                file.keyedOrder(),
                environment().partitionsOf(file),
                environment().replication(),
                profile,
                file.assumedShare(),
                settings,
                derived.security().overlaidBy(profile.producer()).overlaidBy(derived.section(Section.PRODUCER)),
                derived.security().overlaidBy(profile.consumer()).overlaidBy(derived.section(Section.CONSUMER)));
    }

    private Lane lane(LaneFile file, Map<String, Topic> topics) {
        Profile profile = profile(file.profile());
        String path = CatalogueFiles.fileOf(CatalogueFiles.LANES, file.name());
        LaneOverlay overlay = environment().lanes().getOrDefault(file.name(), LaneOverlay.NONE);
        Settings producer = profile.producer().overlaidBy(derived.section(Section.PRODUCER));
        Settings consumer = profile.consumer().overlaidBy(derived.section(Section.CONSUMER));
        // Without a prefix, Kafka Streams passes it to all of its clients.
        Settings settings = derived.security()
                .overlaidBy(
                        producer.without(SettingDefinitions.STREAMS_DECIDES).prefixed(SettingDefinitions.FOR_PRODUCER))
                .overlaidBy(consumer.without(SettingDefinitions.STREAMS_DECIDES)
                        .prefixed(SettingDefinitions.FOR_MAIN_CONSUMER))
                .overlaidBy(profile.streams())
                .overlaidBy(Settings.from(Origin.LANE, path, SETTINGS, file.settings()))
                .overlaidBy(derived.section(Section.STREAMS))
                .overlaidBy(derived.own("lanes." + file.name() + '.' + SETTINGS, overlay.settings()))
                .overlaidBy(derived.forLanes());
        return new Lane(
                file.name(),
                environment().toEnvironment().namePrefix() + file.applicationId(),
                file.goal(),
                profile,
                named(file.sources(), topics),
                named(file.ticks(), topics),
                named(file.references(), topics),
                named(file.sinks(), topics),
                file.slowerSinks(),
                file.stores(),
                settings);
    }

    private Client client(ClientFile file, Map<String, Topic> topics, Map<String, Lane> lanes) {
        return new Client(
                file.name(),
                file.goal(),
                named(file.writes(), topics),
                named(file.reads(), topics),
                named(file.verifies(), lanes),
                environment().toEnvironment().namePrefix() + file.groupsBeginning());
    }

    private static <T> List<T> named(List<String> names, Map<String, T> all) {
        return names.stream().map(name -> Objects.requireNonNull(all.get(name))).toList();
    }

    private Profile profile(String name) {
        ProfileFile file = profileFiles.get(name);
        if (file == null || file.objectives() == null) {
            throw new IllegalStateException("name was not resolved: " + name);
        }
        return new Profile(
                name,
                file.goal(),
                file.objectives(),
                section(file, Section.TOPIC),
                section(file, Section.PRODUCER),
                section(file, Section.CONSUMER),
                section(file, Section.STREAMS));
    }

    private Settings section(ProfileFile file, Section section) {
        String path = CatalogueFiles.fileOf(CatalogueFiles.PROFILES, file.name());
        Settings own = Settings.from(Origin.PROFILE, path, section.toString(), file.section(section));
        ProfileFile parent = file.parent() == null ? null : profileFiles.get(file.parent());
        return parent == null ? own : section(parent, section).overlaidBy(own);
    }
}
