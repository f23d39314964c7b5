package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Readers of the source documents find each of their settings: followed with this value in the profile or file it is
 * meant for, or listed with the reason why not.
 */
class AdvisedSettingsTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", ".."));
    private static final String NO_VALUE = "-";
    private static final String TOLD = "told";

    /** {@code name=value} of every followed setting, by profile or file of {@code deploy/broker}. */
    private static final Map<String, Set<String>> FOLLOWED = new HashMap<>();

    private static final List<String> PROSE = new ArrayList<>();

    /** @param home a profile, a file of {@code deploy/broker}, or {@code told} */
    record Advice(String name, String kafkaName, String value, String home) {}

    @BeforeAll
    static void readTheTemplate() throws IOException {
        Path profiles = ROOT.resolve("topics/profiles");
        for (Path file : filesIn(profiles)) {
            if (!profiles.equals(file.getParent())) {
                continue;
            }
            String profile = file.getFileName().toString().replace(".yaml", "");
            FOLLOWED.put(profile, Set.copyOf(settingsOf(profiles, profile).values()));
        }
        Path broker = ROOT.resolve("deploy/broker");
        for (Path file : filesIn(broker)) {
            List<String> lines = Files.readAllLines(file);
            if (file.toString().endsWith(".md")) {
                PROSE.addAll(lines);
            } else {
                FOLLOWED.put(
                        broker.relativize(file).toString(),
                        lines.stream()
                                .filter(line -> !line.startsWith("#"))
                                .flatMap(line -> followedIn(line.strip()).stream())
                                .collect(Collectors.toSet()));
            }
        }
        PROSE.addAll(Files.readAllLines(ROOT.resolve("topics/ADVICE.md")));
    }

    static Stream<Advice> advice() throws IOException {
        try (var list = AdvisedSettingsTest.class.getResourceAsStream("/advice/settings-advised.txt")) {
            return new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.startsWith("#")).map(AdvisedSettingsTest::advice).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("advice")
    void isFollowedForTheWorkThatIsMeantOrItIsSaidWhyNot(Advice advice) {
        if (advice.home().equals(TOLD)) {
            assertThat(isTold(advice.kafkaName(), advice.value())).isTrue();
        } else {
            assertThat(FOLLOWED.getOrDefault(advice.home(), Set.of()))
                    .contains(advice.kafkaName() + '=' + advice.value().replace(NO_VALUE, ""));
        }
    }

    @ParameterizedTest
    @MethodSource("advice")
    void isFoundUnderTheNameThatTheDocumentsUse(Advice advice) {
        boolean isWritten =
                FOLLOWED.values().stream().flatMap(Set::stream).anyMatch(line -> line.startsWith(advice.name() + '='));

        assertThat(isWritten || isTold(advice.name(), NO_VALUE)).isTrue();
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
        return new Advice(name, kafkaName, cells[2].strip(), cells[3].strip());
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /** {@code name=value} by section and name; a profile overrides the one it extends. */
    private static Map<String, String> settingsOf(Path profiles, String profile) throws IOException {
        JsonNode file = YAMLMapper.builder()
                .build()
                .readTree(profiles.resolve(profile + ".yaml").toFile());
        Map<String, String> settings = new HashMap<>();
        if (file.has("extends")) {
            settings.putAll(settingsOf(profiles, file.path("extends").asText()));
        }
        for (String section : List.of("topic", "producer", "consumer", "streams")) {
            file.path(section)
                    .properties()
                    .forEach(entry -> settings.put(
                            section + ' ' + entry.getKey(),
                            entry.getKey()
                                    + '='
                                    + entry.getValue().path("value").asText()));
        }
        return settings;
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
