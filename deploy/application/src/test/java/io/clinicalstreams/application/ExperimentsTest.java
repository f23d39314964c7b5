package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The evidence that profiles cite is in this repository or is one of Kafka's tools, and can be reproduced. */
class ExperimentsTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
    private static final Path PROFILES = ROOT.resolve("topics/profiles");
    private static final Map<String, String> KAFKAS_TOOLS =
            Map.of("kafka-producer-perf-test.sh", "org.apache.kafka.tools.ProducerPerformance");

    static Stream<JsonNode> experiments() throws IOException {
        return filesIn(PROFILES.resolve("experiments"), 1).stream().map(ExperimentsTest::yaml);
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void canBeRunAgain(JsonNode experiment) throws IOException {
        String name = experiment.get("name").asText();
        List<String> words = List.of(experiment.get("run").asText().split(" "));
        List<String> arguments = words.subList(1, words.size());
        switch (words.get(0)) {
            case "./clinical-streams" ->
                assertThatCode(() -> ClinicalStreams.commandLine().parseArgs(arguments.toArray(String[]::new)))
                        .doesNotThrowAnyException();
            case "mvn" -> {
                assertThat(arguments).containsExactly("verify", "-Dit.test=" + name);
                assertThat(filesIn(ROOT, Integer.MAX_VALUE))
                        .filteredOn(file -> file.endsWith(name + ".java"))
                        .hasSize(1);
            }
            default ->
                assertThatCode(() -> Class.forName(KAFKAS_TOOLS.get(words.get(0))))
                        .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void isEvidenceOfASetting(JsonNode experiment) throws IOException {
        String profiles = "";
        for (Path file : filesIn(PROFILES, 1)) {
            profiles += Files.readString(file);
        }
        assertThat(profiles)
                .containsPattern(
                        "(measured|experiment|and) " + experiment.get("name").asText());
    }

    private static List<Path> filesIn(Path folder, int depth) throws IOException {
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static JsonNode yaml(Path file) {
        try {
            return new YAMLMapper().readTree(Files.readString(file));
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
