package io.clinicalstreams.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.loadgen.send.Target;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.problem.UnknownNameException;
import io.clinicalstreams.topics.setting.EvidenceText;
import io.clinicalstreams.topics.setting.Section;
import io.clinicalstreams.topics.setting.SettingDefinitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * A copy of the catalogue in a folder, to which each trial adds an environment: the given one with the differences of
 * its level, and with a prefix of its own, so that every trial has fresh topics.
 */
public final class LevelCatalogues {

    private static final int MOST_REPLICAS = 3;

    private final Experiment experiment;
    private final String file;
    private final Path folder;
    private final String environment;
    private final YAMLMapper yaml = new YAMLMapper();
    private String last = "";

    private LevelCatalogues(Experiment experiment, String file, Path folder, String environment) {
        this.experiment = experiment;
        this.file = file;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Loads and checks the catalogue of every level.
     *
     * @param file the experiment's, which problems name
     * @param environment the one that levels differ from
     * @param folder a copy of the catalogue
     * @throws CatalogueException if anything is wrong in the catalogue or a level
     */
    public static LevelCatalogues of(Experiment experiment, String file, String environment, Path folder)
            throws IOException {
        requireTopic(experiment, file, CatalogueLoader.load(folder, environment));
        LevelCatalogues levels = new LevelCatalogues(experiment, file, folder, environment);
        Problems problems = new Problems();
        for (FactorLevel level : experiment.levels()) {
            levels.check(level, problems);
        }
        problems.refuse();
        return levels;
    }

    private static void requireTopic(Experiment experiment, String file, Catalogue catalogue) {
        try {
            Topic unused = catalogue.topic(experiment.topic());
        } catch (UnknownNameException unknown) {
            throw new CatalogueException(List.of(new Problem(file, "topic", String.valueOf(unknown.getMessage()))));
        }
    }

    /**
     * Writes the environment of one trial in place of the last one's, and loads its catalogue.
     *
     * @param trial a word; the environment's name and the prefix of its topics
     */
    public Catalogue write(FactorLevel level, String trial) throws IOException {
        ObjectNode tree = (ObjectNode) yaml.readTree(fileOf(environment).toFile());
        int replicas = Math.min(MOST_REPLICAS, experiment.brokers());
        tree.put("name", trial)
                .put("name-prefix", trial + '.')
                .put("brokers", experiment.brokers())
                .put("replication", replicas)
                .put("min-insync-replicas", Math.max(1, replicas - 1));
        tree.remove("cluster-id");
        tree.putObject("security").put("protocol", "PLAINTEXT");
        ObjectNode topic = tree.withObjectProperty("topics").withObjectProperty(experiment.topic());
        if (level.partitions() != null) {
            topic.put("partitions", level.partitions());
        }
        ObjectNode settings = topic.withObjectProperty("settings");
        level.topic().forEach((name, value) -> settings.putObject(name)
                .put("value", value)
                .put("why", "A level of experiment " + experiment.name() + '.')
                .put("evidence", EvidenceText.PENDING));
        if (!last.isEmpty()) {
            Files.deleteIfExists(fileOf(last));
        }
        last = trial;
        yaml.writeValue(fileOf(trial).toFile(), tree);
        return CatalogueLoader.load(folder, trial);
    }

    /** The settings in effect, by level. */
    public Map<String, Map<String, String>> inEffect() throws IOException {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        for (FactorLevel level : experiment.levels()) {
            settings.put(level.name(), inEffect(level));
        }
        return settings;
    }

    /** The settings that the catalogue and the level give, by kind and name; Kafka's defaults hold for all others. */
    public Map<String, String> inEffect(FactorLevel level) throws IOException {
        Topic topic = write(level, "in-effect").topic(experiment.topic());
        Map<String, String> settings = new TreeMap<>();
        settings.put("partitions", Integer.toString(topic.partitions()));
        settings.put("replication", Short.toString(topic.replication()));
        settings.put("bytes", Integer.toString(experiment.load(level).bytes()));
        topic.settings().plain().forEach((name, value) -> settings.put("topic." + name, value));
        topic.producer().plain().forEach((name, value) -> settings.put("producer." + name, value));
        level.producer().forEach((name, value) -> settings.put("producer." + name, value));
        if (!level.jvm().isEmpty()) {
            settings.put("jvm", String.join(" ", level.jvm()));
        }
        return settings;
    }

    private void check(FactorLevel level, Problems problems) throws IOException {
        String path = "levels." + level.name() + '.';
        SettingDefinitions definitions = new SettingDefinitions();
        level.producer().forEach((name, value) -> definitions
                .problemWith(Section.PRODUCER, name, value)
                .ifPresent(problem -> problems.add(file, path + "producer." + name, problem)));
        try {
            Load unused = experiment.load(level);
        } catch (IllegalArgumentException wrong) {
            problems.add(file, path.substring(0, path.length() - 1), wrong);
        }
        JvmOptions.problemWith(level.jvm()).ifPresent(problem -> problems.add(file, path + "jvm", problem));
        String trial = experiment.name() + "-check";
        try {
            Catalogue catalogue = write(level, trial);
            Target.of(
                    catalogue,
                    experiment.topic(),
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092"),
                    level.producer());
        } catch (CatalogueException refused) {
            refused.problems().forEach(problem -> problems.add(here(problem, trial, path)));
        } catch (ConfigException refused) {
            // Of one value the definitions have said it already; this is about values that exclude each other.
            if (problems.count() == 0) {
                problems.add(file, path + "producer", String.valueOf(refused.getMessage()));
            }
        }
    }

    /** The place in the experiment's file of a problem in the environment that was made of it. */
    private Problem here(Problem problem, String trial, String level) {
        if (!problem.file().equals(CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, trial))) {
            return problem;
        }
        String ofTopic = "topics." + experiment.topic() + '.';
        String path = problem.path().startsWith(ofTopic) ? problem.path().substring(ofTopic.length()) : problem.path();
        return new Problem(file, level + path.replaceFirst("^settings\\.", "topic."), problem.message());
    }

    private Path fileOf(String name) {
        return folder.resolve(CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, name));
    }
}
