package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever comes from the source documents finds each of their settings: followed with this value, or said why not. */
class AdvisedSettingsTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final String NO_VALUE = "-";

    /** {@code name=value} of everything that is followed. */
    private static final Set<String> FOLLOWED = new HashSet<>();

    private static final List<String> PROSE = new ArrayList<>();

    record Advice(String name, String kafkaName, String value) {}

    @BeforeAll
    static void readTheTemplate() throws IOException {
        for (String folder : List.of("topics/profiles", "topics/catalogue")) {
            for (Path file : filesIn(ROOT.resolve(folder))) {
                collect(YAMLMapper.builder().build().readTree(Files.readString(file)));
            }
        }
        for (Path file : filesIn(ROOT.resolve("deploy/broker"))) {
            List<String> lines = Files.readAllLines(file);
            if (file.toString().endsWith(".md")) {
                PROSE.addAll(lines);
            } else {
                lines.stream()
                        .filter(line -> !line.startsWith("#"))
                        .forEach(line -> FOLLOWED.addAll(followedIn(line.strip())));
            }
        }
        PROSE.addAll(Files.readAllLines(ROOT.resolve("topics/README.md")));
    }

    static Stream<Advice> advice() throws IOException {
        try (var list = AdvisedSettingsTest.class.getResourceAsStream("/advice/settings-advised.txt")) {
            return new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(AdvisedSettingsTest::advice).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("advice")
    void isFollowedOrItIsSaidWhyNot(Advice advice) {
        assertThat(isFollowed(advice) || isTold(advice.kafkaName(), advice.value()))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("advice")
    void isFoundUnderTheNameThatTheDocumentsUse(Advice advice) {
        boolean isWritten = FOLLOWED.stream().anyMatch(line -> line.startsWith(advice.name() + '='));

        assertThat(isWritten || isTold(advice.name(), NO_VALUE)).isTrue();
    }

    private static boolean isFollowed(Advice advice) {
        return FOLLOWED.contains(advice.kafkaName() + '=' + advice.value().replace(NO_VALUE, ""));
    }

    private static boolean isTold(String name, String value) {
        return PROSE.stream()
                .anyMatch(line -> mentions(line, name) && (value.equals(NO_VALUE) || mentions(line, value)));
    }

    private static boolean mentions(String line, String word) {
        return Pattern.compile("(?<![\\w.])" + Pattern.quote(word) + "(?![\\w]|\\.\\w)")
                .matcher(line)
                .find();
    }

    private static Advice advice(String line) {
        String[] cells = line.split("\\|", -1);
        String name = cells[0].strip();
        String kafkaName = cells[1].isBlank() ? name : cells[1].strip();
        return new Advice(name, kafkaName, cells[2].strip());
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static void collect(JsonNode node) {
        node.properties().forEach(entry -> {
            JsonNode value = entry.getValue().path("value");
            if (value.isValueNode()) {
                FOLLOWED.add(entry.getKey() + '=' + value.asText());
            } else {
                collect(entry.getValue());
            }
        });
    }

    private static List<String> followedIn(String line) {
        List<String> found = new ArrayList<>(List.of(line));
        if (line.startsWith("-")) {
            found.add(line + '=');
        } else if (line.startsWith("KAFKA_HEAP_OPTS")) {
            for (String option : line.replaceAll(".*\"(.*)\"", "$1").split(" ", -1)) {
                found.add(option + '=');
            }
        } else if (line.contains("nofile")) {
            found.add("nofile=" + line.substring(line.lastIndexOf(' ') + 1));
        }
        return found;
    }
}
