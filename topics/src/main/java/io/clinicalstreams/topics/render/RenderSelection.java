package io.clinicalstreams.topics.render;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Selects what to render: a topic, a lane, or their clients. A topic has one producer or consumer for each lane that
 * writes or reads it, and one more for other clients.
 *
 * @param topicName a logical name in the catalogue, or a changelog's name on the cluster
 */
record RenderSelection(
        Catalogue catalogue,
        @Nullable String topicName,
        @Nullable String laneName,
        @Nullable ClientKind kind) {

    /** @throws IllegalArgumentException if there is no such topic, lane or client */
    List<Rendering> find() {
        Lane lane = laneName == null ? null : named("--lane", () -> catalogue.lane(laneName));
        if (topicName == null) {
            return List.of(renderer().lane(Objects.requireNonNull(lane, "topic or lane"), kindOfClient()));
        }
        Optional<Lane> keeper = catalogue.lanes().stream()
                .filter(each -> each.internalTopics().contains(topicName))
                .findFirst();
        if (keeper.isPresent()) {
            requireSame(keeper.get(), lane);
            return List.of(ofChangelog(keeper.get(), topicName));
        }
        Topic topic = named("--topic", () -> catalogue.topic(topicName));
        return lane == null && kind == null ? List.of(renderer().topic(topic)) : clients(topic, lane);
    }

    private Rendering ofChangelog(Lane keeper, String changelog) {
        return kind == null
                ? renderer().changelog(changelog, keeper)
                : switch (kind) {
                    case STREAMS -> renderer().lane(keeper, kind);
                    case PRODUCER -> renderer().client(changelog, keeper, StreamsClient.PRODUCER, "the only writer");
                    case CONSUMER ->
                        renderer().client(changelog, keeper, StreamsClient.RESTORE_CONSUMER, "its restore consumer");
                };
    }

    private List<Rendering> clients(Topic topic, @Nullable Lane only) {
        TopicClients clients = new TopicClients(catalogue, topic);
        List<Rendering> found = new ArrayList<>();
        switch (kindOfClient()) {
            case PRODUCER -> {
                boolean isAlone = clients.writers().size() == 1 && !clients.isWrittenByOthers();
                String role = isAlone ? "the only writer" : "one of several writers";
                meant(clients.writers(), only)
                        .forEach(lane ->
                                found.add(renderer().client(topic.fullName(), lane, StreamsClient.PRODUCER, role)));
                if (only == null && clients.isWrittenByOthers()) {
                    found.add(renderer().producer(topic));
                }
            }
            case CONSUMER -> {
                meant(clients.readers(), only)
                        .forEach(lane -> found.add(renderer()
                                .client(topic.fullName(), lane, StreamsClient.MAIN_CONSUMER, "its main consumer")));
                meant(clients.holders(), only)
                        .forEach(lane -> found.add(renderer()
                                .client(topic.fullName(), lane, StreamsClient.GLOBAL_CONSUMER, "its global consumer")));
                if (only == null && clients.isReadByOthers()) {
                    found.add(renderer().consumer(topic));
                }
            }
            case STREAMS ->
                meant(lanesWith(clients), only)
                        .forEach(lane -> found.add(renderer().lane(lane, ClientKind.STREAMS)));
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException(noClient(topic, only));
        }
        return found;
    }

    private String noClient(Topic topic, @Nullable Lane only) {
        if (only == null) {
            return "--client streams: no lane uses " + topic.name();
        }
        String does =
                switch (kindOfClient()) {
                    case PRODUCER -> "does not write";
                    case CONSUMER -> "does not read";
                    case STREAMS -> "does not use";
                };
        return "--lane: " + only.name() + ' ' + does + ' ' + topic.name();
    }

    private static List<Lane> lanesWith(TopicClients clients) {
        return Stream.of(clients.readers(), clients.holders(), clients.writers())
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    private static Stream<Lane> meant(List<Lane> lanes, @Nullable Lane only) {
        return lanes.stream().filter(lane -> only == null || lane.equals(only));
    }

    private static void requireSame(Lane keeper, @Nullable Lane only) {
        if (only != null && !only.equals(keeper)) {
            throw new IllegalArgumentException("--lane: the changelog belongs to lane " + keeper.name());
        }
    }

    private ClientKind kindOfClient() {
        return Objects.requireNonNullElse(kind, ClientKind.STREAMS);
    }

    private Renderer renderer() {
        return new Renderer(catalogue);
    }

    private static <T> T named(String option, Supplier<T> named) {
        try {
            return named.get();
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(option + ": " + unknown.getMessage(), unknown);
        }
    }
}
