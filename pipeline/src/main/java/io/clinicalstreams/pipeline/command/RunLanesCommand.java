package io.clinicalstreams.pipeline.command;

import io.clinicalstreams.pipeline.runtime.PipelineConfig;
import io.clinicalstreams.pipeline.runtime.PipelineService;
import io.clinicalstreams.pipeline.runtime.SettingLayers;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.ClusterOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pipeline run}: runs lanes until it is stopped or a lane fails permanently. */
@Command(
        name = "run",
        description = "Runs one or all lanes until stopped.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Each option can also be set in the --config file or as an environment variable: http-port is",
            "CLINICAL_STREAMS_HTTP_PORT. Flags override variables, which override the file.",
            "",
            "Exit codes: 0 stopped by a signal, 1 a lane failed or could not start, 2 wrong usage or configuration."
        })
public final class RunLanesCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--bootstrap-server",
            paramLabel = "HOST:PORT",
            description = "Brokers of the cluster, comma-separated.")
    private @Nullable String bootstrapServer;

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            defaultValue = "${env:CLINICAL_STREAMS_COMMAND_CONFIG}",
            description = "Properties file with Kafka's connection and security settings.")
    private @Nullable Path commandConfig;

    @Option(names = "--environment", paramLabel = "NAME", description = "development (default), staging or production.")
    private @Nullable String environment;

    @Option(names = "--catalogue", paramLabel = "DIR", description = "Your own catalogue instead of the built-in one.")
    private @Nullable Path catalogue;

    @Option(names = "--lane", paramLabel = "LANE", description = "recording, alerting or all (default).")
    private @Nullable String lane;

    @Option(
            names = "--instance-id",
            paramLabel = "ID",
            description = "Unique among instances, the same across restarts. Default: the host's name.")
    private @Nullable String instanceId;

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            description = "Folder for local state. Default: .clinical-streams/state")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--http-address",
            paramLabel = "ADDRESS",
            description = "Address to bind /metrics and /health to; 0.0.0.0 for all. Default: 127.0.0.1")
    private @Nullable String httpAddress;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "Port for /metrics and /health; 0 selects a free one. Default: 8080")
    private @Nullable Integer httpPort;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:CLINICAL_STREAMS_CONFIG}",
            description = "YAML file with settings.")
    private @Nullable Path config;

    @Option(
            names = "--accept-expired-input",
            description = "Start although input expired unread, and continue after the gap.")
    private boolean acceptExpiredInput;

    @Override
    public ExitCode call() throws InterruptedException {
        LogLevel.demand(System.getenv());
        try (ServiceStop stop = ServiceStop.ofThisThread()) {
            try {
                return run(
                        PipelineConfig.of(SettingLayers.of(
                                flags(), clientSettings(), String.valueOf(commandConfig), System.getenv(), config)),
                        stop);
            } catch (CommandException | InterruptedException ended) {
                if (stop.hasCome()) {
                    return ExitCode.OK;
                }
                throw ended;
            }
        }
    }

    private static ExitCode run(PipelineConfig settings, ServiceStop stop) throws InterruptedException {
        PipelineService service = PipelineService.start(settings);
        stop.started(service::close, service::failed);
        try {
            return service.awaitEnd();
        } finally {
            service.close();
        }
    }

    private Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        put(flags, "bootstrap-servers", bootstrapServer);
        put(flags, "environment", environment);
        put(flags, "catalogue", catalogue);
        put(flags, "lanes", lane);
        put(flags, "instance-id", instanceId);
        put(flags, "state-directory", stateDirectory);
        put(flags, "http-address", httpAddress);
        put(flags, "http-port", httpPort);
        if (acceptExpiredInput) {
            flags.put("accept-expired-input", "true");
        }
        return flags;
    }

    private Map<String, String> clientSettings() {
        return commandConfig == null ? Map.of() : ClusterOptions.read(spec.commandLine(), commandConfig);
    }

    private static void put(Map<String, String> flags, String path, @Nullable Object value) {
        if (value != null) {
            flags.put(path, value.toString());
        }
    }
}
