package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.Login;
import io.clinicalstreams.topics.cluster.Reachability;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.IoReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The cluster that a command connects to: the same two options as Kafka's own tools. */
public final class ClusterOptions {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Addresses of the cluster, separated by commas.")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Properties for all clients of this command, such as sasl.jaas.config. They override the "
                    + "environment's security settings.")
    private @Nullable Path commandConfig;

    private final Function<Environment, Admin> connection;

    private boolean greeted;
    private boolean warned;

    public ClusterOptions() {
        this.connection = this::open;
    }

    /** For tests: another kind of admin client. */
    public ClusterOptions(Function<Environment, Admin> connection) {
        this.connection = connection;
    }

    /** The given address; empty if the command may start its own cluster. */
    public Optional<String> bootstrapServer() {
        return Optional.ofNullable(bootstrapServer);
    }

    /**
     * The settings that every client needs to connect: the address and the environment's security settings, overridden
     * by the file. Checks once that the cluster can be reached.
     *
     * @throws ParameterException if no address was given or the file cannot be read
     * @throws CommandException if a login is missing or malformed, or the cluster cannot be reached
     */
    public Map<String, Object> clientSettings(Environment where) {
        Map<String, Object> settings = settings(where);
        if (!greeted) {
            Reachability.demand(settings);
        }
        greeted = true;
        return settings;
    }

    /** The same settings without contact with the cluster: a command checks its other options first. */
    public Map<String, Object> settings(Environment where) {
        if (bootstrapServer == null) {
            throw new ParameterException(
                    command.commandLine(), "Missing required option: '--bootstrap-server=HOST:PORT'");
        }
        if (bootstrapServer.replace(',', ' ').isBlank()) {
            throw new ParameterException(
                    command.commandLine(), "--bootstrap-server: expected HOST:PORT, was '" + bootstrapServer + "'");
        }
        Map<String, Object> settings = new LinkedHashMap<>(where.security().clientSettings());
        Map<String, Object> own = fileSettings();
        settings.putAll(own);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
        Login.demand(where, own, String.valueOf(commandConfig));
        return settings;
    }

    /** Only the file's properties; empty if no file was given. */
    public Map<String, Object> fileSettings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (commandConfig == null) {
            return settings;
        }
        settings.putAll(read(command.commandLine(), commandConfig));
        warnOnce(settings);
        return settings;
    }

    /**
     * Reads the properties of {@code --command-config}, sorted by name.
     *
     * @throws ParameterException if the file cannot be read
     */
    public static Map<String, String> read(CommandLine command, Path commandConfig) {
        Properties properties = new Properties();
        try {
            // Without the byte order mark that Windows' editors write.
            properties.load(new StringReader(Files.readString(commandConfig).replaceFirst("^\uFEFF", "")));
        } catch (IOException unreadable) {
            throw new ParameterException(
                    command, "--command-config: " + commandConfig + ' ' + IoReason.predicate(unreadable));
        } catch (IllegalArgumentException malformed) {
            throw new ParameterException(command, "--command-config: " + commandConfig + " has a malformed \\u escape");
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        return settings;
    }

    private void warnOnce(Map<String, Object> settings) {
        if (!warned) {
            PrintWriter err = command.commandLine().getErr();
            UnknownSettings.among(settings.keySet()).forEach(line -> err.println(commandConfig + ": " + line));
            err.flush();
        }
        warned = true;
    }

    /**
     * Creates an admin client; the caller closes it.
     *
     * @throws ParameterException if no client can be created with these settings; it names their source
     */
    public Admin admin(Environment where) {
        return connection.apply(where);
    }

    private Admin open(Environment where) {
        Map<String, Object> settings = clientSettings(where);
        try {
            return Admin.create(ClusterAnswer.within(PATIENCE, settings));
        } catch (KafkaException refused) {
            throw new ParameterException(command.commandLine(), origin(refused), refused);
        }
    }

    /**
     * Refuses settings with which no client can be created. Connects only to see whether the address speaks Kafka.
     *
     * @throws ParameterException as {@link #admin} does
     */
    public void check(Environment where) {
        admin(where).close(Duration.ZERO);
    }

    /** The outermost exception says only that no admin client was created; its cause has the reason. */
    private String origin(KafkaException refused) {
        String reason = ClusterAnswer.inWords(Objects.requireNonNullElse(refused.getCause(), refused));
        if (commandConfig == null || reason.contains(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG)) {
            return reason;
        }
        return "--command-config: " + commandConfig + ": " + reason;
    }
}
