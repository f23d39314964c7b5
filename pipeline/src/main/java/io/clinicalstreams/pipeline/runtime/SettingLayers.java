package io.clinicalstreams.pipeline.runtime;

import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order of the layers: flags override environment variables, which override the file, which overrides the defaults.
 * A setting's path is its position in the file. Its environment variable is the path in capitals, with an underscore
 * for every dot and hyphen: {@code CLINICAL_STREAMS_ALERTING_KEEP_ENDED_ALERTS}. Kafka's settings follow the same rule,
 * {@code CLINICAL_STREAMS_KAFKA_SSL_TRUSTSTORE_LOCATION}: their names have dots where the variable has underscores.
 *
 * @param values setting by path
 */
public record SettingLayers(Map<String, Given> values) {

    /**
     * The value of a setting in one layer.
     *
     * @param where the file, the variable, or the command line
     */
    record Given(String where, String value) {}

    private static final String VARIABLE_PREFIX = "CLINICAL_STREAMS_";
    private static final String FHIR_PREFIX = VARIABLE_PREFIX + "FHIR_";
    private static final String KAFKA_PREFIX = VARIABLE_PREFIX + "KAFKA_";

    /** Options that are not named like their setting; file and variables accept both names. */
    private static final Map<String, String> OPTIONS =
            Map.of("bootstrap-server", "bootstrap-servers", "lane", "lanes", "state-dir", "state-directory");

    /** Read by the logging configuration and by the command, not by the service. */
    private static final Set<String> OTHERS =
            Set.of(VARIABLE_PREFIX + "LOG_LEVEL", VARIABLE_PREFIX + "CONFIG", VARIABLE_PREFIX + "COMMAND_CONFIG");

    public SettingLayers {
        values = Map.copyOf(values);
    }

    /** The layers without a {@code --command-config} file. */
    public static SettingLayers of(Map<String, String> flags, Map<String, String> environment, @Nullable Path file) {
        return of(flags, Map.of(), "", environment, file);
    }

    /**
     * Merges the layers.
     *
     * @param flags by path, only those given on the command line
     * @param clients settings of all Kafka clients, by Kafka's names; as strong as flags
     * @param clientsFile the file that they are from
     * @param environment the process's variables
     * @param file YAML, or null
     * @throws CatalogueException if the file cannot be read, or a {@code CLINICAL_STREAMS_} variable matches no setting
     */
    public static SettingLayers of(
            Map<String, String> flags,
            Map<String, String> clients,
            String clientsFile,
            Map<String, String> environment,
            @Nullable Path file) {
        Problems problems = new Problems();
        Map<String, Given> values = new TreeMap<>();
        if (file != null) {
            read(file, problems)
                    .forEach((path, value) ->
                            values.put(OPTIONS.getOrDefault(path, path), new Given(file.toString(), value)));
        }
        putVariables(environment, values, problems);
        flags.forEach((path, value) -> values.put(path, new Given("command line", value)));
        clients.forEach((name, value) -> values.put(PipelineConfig.KAFKA + name, new Given(clientsFile, value)));
        problems.refuse();
        return new SettingLayers(values);
    }

    private static Map<String, String> read(Path file, Problems problems) {
        try {
            return new YamlReader(problems).settings(new CatalogueFile(file.toString(), Files.readString(file)));
        } catch (IOException unreadable) {
            problems.add(file.toString(), "", IoReason.predicate(unreadable));
            return Map.of();
        }
    }

    private static void putVariables(Map<String, String> environment, Map<String, Given> values, Problems problems) {
        Map<String, String> paths =
                PipelineConfig.PATHS.stream().collect(Collectors.toMap(SettingLayers::variable, path -> path));
        OPTIONS.forEach((option, path) -> paths.put(variable(option), path));
        new TreeMap<>(environment).forEach((name, value) -> {
            if (paths.containsKey(name)) {
                values.put(paths.get(name), new Given(name, value));
            } else if (name.startsWith(KAFKA_PREFIX)) {
                String setting =
                        name.substring(KAFKA_PREFIX.length()).replace('_', '.').toLowerCase(Locale.ROOT);
                values.put(PipelineConfig.KAFKA + setting, new Given(name, value));
            } else if (name.startsWith(FHIR_PREFIX)) {
                problems.add(name, "", PipelineConfig.BELONGS_IN_CATALOGUE);
            } else if (name.startsWith(VARIABLE_PREFIX) && !OTHERS.contains(name)) {
                problems.add(name, "", "unknown environment variable" + Spelling.suggestion(name, paths.keySet()));
            }
        });
    }

    private static String variable(String path) {
        return VARIABLE_PREFIX + path.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
