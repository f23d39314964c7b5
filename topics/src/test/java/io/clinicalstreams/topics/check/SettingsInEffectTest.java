package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.setting.EffectiveSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every setting of a profile reaches a topic or a client. */
class SettingsInEffectTest {

    private static final Path PROFILES = Path.of(System.getProperty("project.root", ".."), "topics", "profiles");
    private static final String WRITTEN_BY_A_LANE = "profiles/slow.yaml";

    @Test
    void areAllSettingsOfTheBuiltInProfiles() throws IOException {
        Set<String> reaching = new TreeSet<>();
        for (String environment : List.of("development", "staging", "production")) {
            reaching.addAll(reaching(CatalogueLoader.load(environment)));
        }

        assertThat(reaching).containsAll(written());
    }

    @Test
    void leaveOutTheProducerOfATopicThatALaneWritesAndTheConsumerOfOneThatALaneReads(@TempDir Path folder)
            throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.write(WRITTEN_BY_A_LANE, """
                name: slow
                extends: fast
                goal: Slow.
                objectives:
                  maximum-lag: PT1S
                producer:
                  batch.size: {value: 7, why: Small., evidence: pending}
                consumer:
                  max.poll.records: {value: 7, why: Few., evidence: pending}
                """);
        catalogue.replace("catalogue/clinical.thing.seen.yaml", "profile: fast", "profile: slow");
        catalogue.replace("profiles/input.yaml", "producer:", """
                consumer:
                  max.poll.records: {value: 8, why: Few., evidence: pending}
                producer:""");

        assertThat(reaching(catalogue.load()))
                .contains(
                        WRITTEN_BY_A_LANE + ": consumer.max.poll.records",
                        "profiles/input.yaml: producer.max.request.size",
                        "profiles/fast.yaml: producer.linger.ms")
                .doesNotContain(
                        WRITTEN_BY_A_LANE + ": producer.batch.size", "profiles/input.yaml: consumer.max.poll.records");
    }

    @Test
    void omitSettingsOfInternalTopicsIfALaneHasNone(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("profiles/fast.yaml", "  topic.segment.ms: {value: 5, why: Short., evidence: pending}\n");

        assertThat(reaching(catalogue.load())).doesNotContain("profiles/fast.yaml: streams.topic.segment.ms");
    }

    private static Set<String> reaching(Catalogue catalogue) {
        return new EvidenceCheck(catalogue)
                .settingsInEffect()
                .map(SettingsInEffectTest::place)
                .collect(Collectors.toSet());
    }

    private static String place(EffectiveSetting setting) {
        return setting.file() + ": " + setting.path();
    }

    /** Every setting of every profile, by file and path. */
    private static Set<String> written() throws IOException {
        Set<String> written = new TreeSet<>();
        try (Stream<Path> files = Files.list(PROFILES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                JsonNode profile = YAMLMapper.builder().build().readTree(file.toFile());
                for (String section : List.of("topic", "producer", "consumer", "streams")) {
                    profile.path(section)
                            .fieldNames()
                            .forEachRemaining(name ->
                                    written.add("profiles/" + file.getFileName() + ": " + section + '.' + name));
                }
            }
        }
        assertThat(written).isNotEmpty();
        return written;
    }
}
