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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
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
    private final Map<String, Catalogue> checked = new HashMap<>();
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
        requireNames(experiment, file, CatalogueLoader.load(folder, environment));
        LevelCatalogues levels = new LevelCatalogues(experiment, file, folder, environment);
        Problems problems = new Problems();
        for (FactorLevel level : experiment.levels()) {
            levels.check(level, problems);
        }
        problems.refuse();
        return levels;
    }

    /** The same without a check: for the settings of an experiment that ran, on a machine that may lack its JDKs. */
    public static LevelCatalogues unchecked(Experiment experiment, String file, String environment, Path folder) {
        return new LevelCatalogues(experiment, file, folder, environment);
    }

    private static void requireNames(Experiment experiment, String file, Catalogue catalogue) {
        Problems problems = new Problems();
        require("topic", () -> catalogue.topic(experiment.topic()), file, problems);
        String lane = experiment.lane();
        if (lane != null) {
            require("lane", () -> catalogue.lane(lane), file, problems);
        }
        problems.refuse();
    }

    private static void require(String path, Supplier<?> named, String file, Problems problems) {
        try {
            Object unused = named.get();
        } catch (UnknownNameException unknown) {
            problems.add(file, path, String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * Writes the environment of one trial in place of the last one's, and loads its catalogue.
     *
     * @param trial a word; the environment's name and the prefix of its topics
     */
    public Catalogue write(FactorLevel level, String trial) throws IOException {
        ObjectNode tree = (ObjectNode) yaml.readTree(fileOf(environment).toFile());
        int replicas = Math.min(level.replicas() == null ? MOST_REPLICAS : level.replicas(), experiment.brokers());
        tree.put("name", trial)
                .put("name-prefix", trial + '.')
                .put("brokers", experiment.brokers())
                .put("replication", replicas)
                .put("min-insync-replicas", Math.max(1, replicas - 1));
        tree.remove("cluster-id");
        tree.putObject("security").put("protocol", "PLAINTEXT");
        if (level.standbys() != null) {
            tree.put("standby-replicas", level.standbys());
        }
        ObjectNode topics = tree.withObjectProperty("topics");
        if (level.partitions() != null) {
            divided().forEach(topic -> topics.withObjectProperty(topic).put("partitions", level.partitions()));
        }
        put(level.topic(), topics.withObjectProperty(experiment.topic()));
        if (experiment.lane() != null) {
            put(level.laneInCatalogue(), tree.withObjectProperty("lanes").withObjectProperty(experiment.lane()));
        }
        if (!last.isEmpty()) {
            Files.deleteIfExists(fileOf(last));
        }
        last = trial;
        yaml.writeValue(fileOf(trial).toFile(), tree);
        return CatalogueLoader.load(folder, trial);
    }

    /** The topics whose partitions a level changes: a lane's sources have equally many. */
    private List<String> divided() {
        return experiment.lane() == null
                ? List.of(experiment.topic())
                : CatalogueLoader.load(folder, environment).lane(experiment.lane()).sources().stream()
                        .map(Topic::name)
                        .toList();
    }

    private void put(Map<String, String> values, ObjectNode overlay) {
        ObjectNode settings = overlay.withObjectProperty("settings");
        values.forEach((name, value) -> settings.putObject(name)
                .put("value", value)
                .put("why", "A level of experiment " + experiment.name() + '.')
                .put("evidence", EvidenceText.PENDING));
    }

    /** The folder with the catalogue that {@link #write} wrote last. */
    public Path folder() {
        return folder;
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
        Catalogue catalogue = checked.get(level.name());
        if (catalogue == null) {
            catalogue = write(level, "in-effect");
        }
        Topic topic = catalogue.topic(experiment.topic());
        Map<String, String> settings = new TreeMap<>();
        settings.put("partitions", Integer.toString(topic.partitions()));
        settings.put("replication", Short.toString(topic.replication()));
        settings.put("bytes", Integer.toString(experiment.load(level).bytes()));
        topic.settings().plain().forEach((name, value) -> settings.put("topic." + name, value));
        putAll(settings, "producer.", topic.producer().plain());
        putAll(settings, "producer.", level.producer());
        if (experiment.measure() == Measure.CONSUME) {
            putAll(settings, "consumer.", topic.consumer().plain());
            putAll(settings, "consumer.", level.consumer());
        }
        if (experiment.lane() != null) {
            putAll(
                    settings,
                    "lane.",
                    catalogue.lane(experiment.lane()).settings().plain());
            putAll(settings, "lane.", level.laneInService());
            settings.put("instances", Integer.toString(level.runningInstances()));
        }
        Integer patients = experiment.load(level).patients();
        if (patients != null) {
            settings.put("patients", patients.toString());
        }
        if (level.java() != null) {
            settings.put("java", level.java().toString());
        }
        if (!level.jvm().isEmpty()) {
            settings.put("jvm", String.join(" ", level.jvm()));
        }
        return settings;
    }

    private static void putAll(Map<String, String> settings, String prefix, Map<String, String> more) {
        more.forEach((name, value) -> settings.put(prefix + name, value));
    }

    private void check(FactorLevel level, Problems problems) throws IOException {
        String path = "levels." + level.name() + '.';
        check(Section.PRODUCER, level.producer(), path + "producer.", problems);
        check(Section.CONSUMER, level.consumer(), path + "consumer.", problems);
        check(Section.STREAMS, level.laneInService(), path + "lane.", problems);
        try {
            TrialLoad unused = experiment.load(level);
        } catch (IllegalArgumentException wrong) {
            problems.add(file, path.substring(0, path.length() - 1), wrong);
        }
        checkJava(level, path, problems);
        String trial = experiment.name() + "-check";
        try {
            Catalogue catalogue = write(level, trial);
            checked.put(level.name(), catalogue);
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

    private void check(Section section, Map<String, String> settings, String path, Problems problems) {
        SettingDefinitions definitions = new SettingDefinitions();
        settings.forEach((name, value) -> definitions
                .problemWith(section, name, value)
                .ifPresent(problem -> problems.add(file, path + name, problem)));
    }

    private void checkJava(FactorLevel level, String path, Problems problems) throws IOException {
        if (level.java() == null && level.jvm().isEmpty()) {
            return;
        }
        try {
            JvmOptions.problemWith(Jdk.program(level.java()), level.jvm())
                    .ifPresent(problem -> problems.add(file, path + "jvm", problem));
        } catch (IllegalArgumentException noSuchJdk) {
            problems.add(file, path + "java", String.valueOf(noSuchJdk.getMessage()));
        }
    }

    /** The place in the experiment's file of a problem in the environment that was made of it. */
    private Problem here(Problem problem, String trial, String level) {
        if (!problem.file().equals(CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, trial))) {
            return problem;
        }
        String path = problem.path()
                .replace("topics." + experiment.topic() + ".settings.", "topic.")
                .replace("topics." + experiment.topic() + '.', "")
                .replace("lanes." + experiment.lane() + ".settings.", "lane.");
        return new Problem(file, level + path, problem.message());
    }

    private Path fileOf(String name) {
        return folder.resolve(CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, name));
    }
}
