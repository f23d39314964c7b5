package io.clinicalstreams.topics.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.problem.ExitCode;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics render}: prints the settings in effect, and where each comes from. */
@Command(
        name = "render",
        description = {
            "Prints the settings in effect for a topic, for its clients, or for a lane, and where each comes from.",
            "If lanes write or read the topic, their clients are printed, each with its lane. With several, json and"
                    + " yaml are a list; --lane selects one. A changelog, by its name on the cluster, is also a topic.",
            "Addresses, ids, serializers and secrets are not included: the program that creates the client decides them."
        },
        footer = {
            "",
            "  topics render --topic clinical.alert.generated                    the topic itself",
            "  topics render --topic clinical.resource.received --client producer  its senders",
            "  topics render --topic clinical.resource.received --client streams   both lanes that read it",
            "  topics render --lane alerting                                     a lane, its clients under prefixes",
            "  topics render --lane alerting --client producer                   settings of a lane's producer"
        },
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<ExitCode> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "A topic's logical name, without an environment's prefix, or a changelog's full name.")
    private @Nullable String topicName;

    @Option(names = "--lane", paramLabel = "LANE", description = "A lane, or a topic's clients in this lane.")
    private @Nullable String laneName;

    @Option(
            names = "--client",
            paramLabel = "producer|consumer|streams",
            description = "The client; without it, the topic itself or the lane.")
    private @Nullable ClientKind client;

    @Option(names = "--no-defaults", description = "Omit Kafka's own defaults.")
    private boolean noDefaults;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "properties",
            paramLabel = "properties|json|yaml",
            description = "Output format (default: ${DEFAULT-VALUE}).")
    private RenderFormat output = RenderFormat.PROPERTIES;

    @Override
    public ExitCode call() throws JsonProcessingException {
        Catalogue catalogue = catalogueOptions.load();
        if (topicName == null && laneName == null) {
            throw wrong("Missing required option: '--topic=TOPIC' or '--lane=LANE'");
        }
        List<Rendering> found = find(new RenderSelection(catalogue, topicName, laneName, client));
        spec.commandLine()
                .getOut()
                .println(output.print(
                        noDefaults
                                ? found.stream().map(Rendering::withoutDefaults).toList()
                                : found));
        if (found.size() > 1 && output == RenderFormat.PROPERTIES) {
            spec.commandLine()
                    .getErr()
                    .println(found.size() + " clients, one after another: not usable as one client's file");
        }
        return ExitCode.OK;
    }

    private List<Rendering> find(RenderSelection asked) {
        try {
            return asked.find();
        } catch (IllegalArgumentException nothing) {
            throw wrong(String.valueOf(nothing.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
