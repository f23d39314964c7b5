package io.clinicalstreams.pipeline.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.runtime.LaneBlueprint;
import io.clinicalstreams.pipeline.step.RuleTable;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.Store;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.TopicNames;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the topologies with the picture and with the catalogue's declaration of each lane. */
final class GoldenTopologyTest {

    private final Catalogue catalogue = CatalogueLoader.load("development");

    @ParameterizedTest
    @ValueSource(strings = {"recording", "alerting"})
    void theTopologyIsTheOneThatWasAgreed(String lane) throws IOException {
        assertThat(topology(lane).describe().toString().trim()).isEqualTo(golden(lane));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording", "alerting"})
    void noNodeHasANumberForAName(String lane) {
        assertThat(topology(lane).describe().toString())
                .doesNotContain("KSTREAM-")
                .doesNotContain("KTABLE-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recording", "alerting"})
    void sourcesSinksAndStoresAreThoseThatTheCatalogueDeclares(String name) {
        Lane lane = catalogue.lane(name);
        TopologyDescription built = topology(name).describe();

        assertThat(sources(built)).isEqualTo(names(lane.sources()));
        assertThat(sinks(built))
                .as("nodes; the ledger is written with each transaction")
                .isEqualTo(names(lane.sinks().stream()
                        .filter(sink -> !sink.name().equals(TopicNames.RESOURCE_ACCOUNTED))
                        .toList()));
        assertThat(stores(built))
                .isEqualTo(lane.stores().stream().map(Store::name).collect(Collectors.toCollection(TreeSet::new)));
        assertThat(references(built)).isEqualTo(names(lane.references()));
    }

    private Topology topology(String name) {
        Properties settings = new Properties();
        settings.putAll(catalogue.lane(name).settings().plain());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, name);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        TopologyConfig config = new TopologyConfig(new StreamsConfig(settings));
        LaneBlueprint blueprint = new LaneBlueprint(catalogue, new SimpleMeterRegistry());
        return name.equals("recording")
                ? blueprint.recording(config, 6).topology()
                : blueprint
                        .alerting(config, 6, new RuleTable(), Duration.ofHours(1))
                        .topology();
    }

    private static String golden(String lane) throws IOException {
        try (InputStream file = GoldenTopologyTest.class.getResourceAsStream(lane + "-topology.txt")) {
            return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8).trim();
        }
    }

    private static Set<String> names(List<Topic> topics) {
        return topics.stream().map(Topic::fullName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> sources(TopologyDescription built) {
        return nodes(built, TopologyDescription.Source.class)
                .flatMap(source -> source.topicSet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> sinks(TopologyDescription built) {
        return nodes(built, TopologyDescription.Sink.class)
                .map(TopologyDescription.Sink::topic)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> stores(TopologyDescription built) {
        return nodes(built, TopologyDescription.Processor.class)
                .flatMap(processor -> processor.stores().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> references(TopologyDescription built) {
        return built.globalStores().stream()
                .flatMap(store -> store.source().topicSet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T> Stream<T> nodes(TopologyDescription built, Class<T> type) {
        return built.subtopologies().stream()
                .flatMap(subtopology -> subtopology.nodes().stream())
                .filter(type::isInstance)
                .map(type::cast);
    }
}
