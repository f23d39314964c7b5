package io.clinicalstreams.topics.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.terminal.CatalogueOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code topics render}: the settings in effect, and where each comes from. */
@Command(
        name = "render",
        description = {
            "Prints the settings in effect for a topic, for a client of it, or for a lane, and where each comes from.",
            "Of a topic that only a lane writes, the producer is that lane's, and its settings say so.",
            "Addresses, ids, serializers and secrets are not among them: whoever opens the client decides those."
        },
        footer = {
            "",
            "  topics render --topic clinical.alert.generated                    the topic itself",
            "  topics render --topic clinical.resource.received --client producer  who sends to it",
            "  topics render --lane alerting                                     a lane, its clients under prefixes",
            "  topics render --lane alerting --client producer                   what a lane's producer really has"
        },
        mixinStandardHelpOptions = true)
public final class RenderCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CatalogueOptions catalogueOptions = new CatalogueOptions();

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            description = "A topic's logical name, without an environment's prefix.")
    private @Nullable String topicName;

    @Option(names = "--lane", paramLabel = "LANE", description = "A lane, instead of clients of their own.")
    private @Nullable String laneName;

    @Option(
            names = "--client",
            converter = ClientKind.Reading.class,
            paramLabel = "producer|consumer|streams",
            description = "Whose settings; without it the topic's own, or the lane's.")
    private @Nullable ClientKind client;

    @Option(names = "--no-defaults", description = "Leave out what nobody wrote down.")
    private boolean noDefaults;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "properties",
            converter = RenderFormat.Reading.class,
            paramLabel = "properties|json|yaml",
            description = "How to print (default: ${DEFAULT-VALUE}).")
    private RenderFormat output = RenderFormat.PROPERTIES;

    @Override
    public Integer call() throws JsonProcessingException {
        Catalogue catalogue = catalogueOptions.load();
        if (topicName == null && laneName == null) {
            throw wrong("Missing required option: '--topic=TOPIC' or '--lane=LANE'");
        }
        Topic topic = topicName == null ? null : topic(catalogue, topicName);
        Rendering rendering = render(catalogue, topic);
        spec.commandLine().getOut().println(output.print(noDefaults ? rendering.withoutDefaults() : rendering));
        return 0;
    }

    private Rendering render(Catalogue catalogue, @Nullable Topic topic) {
        Renderer renderer = new Renderer(catalogue);
        if (topic != null && laneName == null && client != ClientKind.STREAMS) {
            return client == null
                    ? renderer.topic(topic)
                    : client == ClientKind.PRODUCER ? producer(renderer, topic) : renderer.consumer(topic);
        }
        Lane lane = laneName == null ? laneOf(catalogue, topic) : lane(catalogue, laneName);
        return switch (client == null ? ClientKind.STREAMS : client) {
            case STREAMS -> {
                requireHas(lane, topic, all(lane), "has nothing to do with");
                yield renderer.streams(lane);
            }
            case PRODUCER -> {
                requireHas(lane, topic, lane.sinks(), "does not write");
                yield renderer.producer(lane);
            }
            case CONSUMER -> {
                if (topic != null && lane.references().contains(topic)) {
                    yield renderer.referenceConsumer(lane);
                }
                requireHas(lane, topic, lane.sources(), "does not read");
                yield renderer.consumer(lane);
            }
        };
    }

    /** What a lane writes, nobody else does: a producer with the topic's own profile would be one that does not exist. */
    private Rendering producer(Renderer renderer, Topic topic) {
        List<Lane> writers = renderer.catalogue().lanes().stream()
                .filter(lane -> lane.sinks().contains(topic))
                .toList();
        if (writers.size() > 1) {
            throw wrong("--client producer needs --lane: these lanes write it: " + names(writers));
        }
        return writers.isEmpty() ? renderer.producer(topic) : renderer.producer(topic, writers.get(0));
    }

    private Lane laneOf(Catalogue catalogue, @Nullable Topic topic) {
        List<Lane> lanes = catalogue.lanes().stream()
                .filter(lane -> all(lane).contains(topic))
                .toList();
        if (lanes.size() != 1) {
            String found = lanes.isEmpty() ? "no lane has it" : "these lanes have it: " + names(lanes);
            throw wrong("--client streams needs --lane: " + found);
        }
        return lanes.get(0);
    }

    private static List<Topic> all(Lane lane) {
        return Stream.of(lane.sources(), lane.references(), lane.sinks())
                .flatMap(List::stream)
                .toList();
    }

    private void requireHas(Lane lane, @Nullable Topic topic, List<Topic> topics, String otherwise) {
        if (topic != null && !topics.contains(topic)) {
            throw wrong("--lane: " + lane.name() + ' ' + otherwise + ' ' + topic.name());
        }
    }

    private Topic topic(Catalogue catalogue, String name) {
        return catalogue.topics().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("--topic: no topic '" + name + "' in the catalogue; there are "
                        + catalogue.topics().stream().map(Topic::name).collect(Collectors.joining(", "))));
    }

    private Lane lane(Catalogue catalogue, String name) {
        return catalogue.lanes().stream()
                .filter(lane -> lane.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong(
                        "--lane: no lane '" + name + "' in the catalogue; there are " + names(catalogue.lanes())));
    }

    private static String names(List<Lane> lanes) {
        return lanes.stream().map(Lane::name).collect(Collectors.joining(", "));
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
