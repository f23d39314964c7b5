package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.file.LaneFile;
import io.clinicalstreams.topics.file.ProfileFile;
import io.clinicalstreams.topics.file.TopicFile;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.Setting;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/** Checks every written setting against Kafka's definition, and its reason and evidence. */
public final class SettingRules {

    private final SettingDefinitions definitions = new SettingDefinitions();
    private final EvidenceRules evidence;
    private final Problems problems;

    /** @param experiments names that evidence may cite */
    public SettingRules(Set<String> experiments, Problems problems) {
        this.evidence = new EvidenceRules(definitions, experiments, problems);
        this.problems = problems;
    }

    public void check(TopicFile topic) {
        check(CatalogueFiles.fileOf(CatalogueFiles.TOPICS, topic.name()), "settings", Section.TOPIC, topic.settings());
    }

    public void check(LaneFile lane) {
        check(CatalogueFiles.fileOf(CatalogueFiles.LANES, lane.name()), "settings", Section.STREAMS, lane.settings());
    }

    public void check(ProfileFile profile) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.PROFILES, profile.name());
        for (Section section : Section.values()) {
            check(file, section.toString(), section, profile.section(section));
        }
    }

    public void check(EnvironmentFile environment) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, environment.name());
        for (Section section : Section.values()) {
            check(file, section.toString(), section, environment.section(section));
        }
        leaveToTheTopic(file, Section.TOPIC.toString(), environment.section(Section.TOPIC));
        environment.topics().forEach((name, own) -> {
            String path = "topics." + name + ".settings";
            check(file, path, Section.TOPIC, own.settings());
            leaveToTheTopic(file, path, own.settings());
        });
        environment
                .lanes()
                .forEach((name, own) -> check(file, "lanes." + name + ".settings", Section.STREAMS, own.settings()));
    }

    /** With another policy in one environment, a table could lose its records there by age. */
    private void leaveToTheTopic(String file, String path, Map<String, Setting> settings) {
        if (settings.containsKey(TopicConfig.CLEANUP_POLICY_CONFIG)) {
            problems.add(
                    file,
                    path + '.' + TopicConfig.CLEANUP_POLICY_CONFIG,
                    "is not set here: a topic's purpose is the same in every environment");
        }
    }

    private void check(String file, String path, Section section, Map<String, Setting> settings) {
        settings.forEach((name, setting) -> {
            definitions
                    .problemWith(section, name, setting.value())
                    .ifPresent(problem -> problems.add(file, path + '.' + name, problem));
            evidence.check(file, path + '.' + name, section, name, setting);
        });
    }
}
