package io.clinicalstreams.topics.terminal;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import io.clinicalstreams.topics.cluster.Login;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
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
     * by the file. Probes the addresses once to see whether they speak Kafka.
     *
     * @throws ParameterException if no address was given or the file cannot be read
     * @throws CommandException if a login is missing or malformed, or something other than Kafka answers
     */
    public Map<String, Object> clientSettings(Environment where) {
        if (bootstrapServer == null) {
            throw new ParameterException(
                    command.commandLine(), "Missing required option: '--bootstrap-server=HOST:PORT'");
        }
        BootstrapAddresses addresses = BootstrapAddresses.of(bootstrapServer);
        if (bootstrapServer.replace(',', ' ').isBlank()) {
            throw new ParameterException(
                    command.commandLine(), "--bootstrap-server: expected HOST:PORT, was '" + bootstrapServer + "'");
        }
        if (addresses.areUnresolved()) {
            throw misconfigured("--bootstrap-server: unknown host in " + bootstrapServer);
        }
        Map<String, Object> settings = new LinkedHashMap<>(where.security().clientSettings());
        settings.putAll(fileSettings());
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServer);
        Login login = new Login(settings);
        demand(login, where);
        if (!greeted && login.isPlaintext()) {
            new ListenerProbe().exchangeWith(addresses.known());
        }
        greeted = true;
        return settings;
    }

    private static CommandException misconfigured(String line) {
        return new CommandException(ExitCode.WRONG_USAGE, line);
    }

    private void demand(Login login, Environment where) {
        if (login.isMissing()) {
            boolean isOfFile = fileSettings().containsKey(AdminClientConfig.SECURITY_PROTOCOL_CONFIG);
            throw misconfigured(
                    isOfFile
                            ? commandConfig + " has " + login.demand() + ": it requires credentials, sasl.jaas.config"
                            : "environments/" + where.name() + ".yaml requires " + login.demand()
                                    + ": give the credentials with --command-config FILE");
        }
        if (!login.flaw().isEmpty()) {
            throw misconfigured("sasl.jaas.config in " + commandConfig + ' ' + login.flaw());
        }
    }

    /** Only the file's properties; empty if no file was given. */
    public Map<String, Object> fileSettings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (commandConfig == null) {
            return settings;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(commandConfig)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            String why = Files.exists(commandConfig) ? "is not a readable properties file" : "does not exist";
            throw new ParameterException(command.commandLine(), "--command-config: " + commandConfig + ' ' + why);
        }
        properties.stringPropertyNames().stream()
                .sorted()
                .forEach(name -> settings.put(name, properties.getProperty(name)));
        warnOnce(settings);
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
