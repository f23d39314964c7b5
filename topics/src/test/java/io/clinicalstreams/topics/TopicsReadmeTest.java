package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clinicalstreams.topics.file.CatalogueFile;
import io.clinicalstreams.topics.file.ClientFile;
import io.clinicalstreams.topics.file.EnvironmentFile;
import io.clinicalstreams.topics.file.LaneFile;
import io.clinicalstreams.topics.file.ProfileFile;
import io.clinicalstreams.topics.file.TopicFile;
import io.clinicalstreams.topics.file.YamlReader;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The names in the documents of {@code topics} exist, and the documents list every key of every file. */
class TopicsReadmeTest {

    private static final Path TOPICS = Path.of(System.getProperty("project.root", ".."), "topics");
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern KEY = Pattern.compile("(?m)^\\| `([a-z0-9-]+)`( \\*)? \\|");

    @ParameterizedTest
    @MethodSource("files")
    void theKeysOfAFileAreThoseThatAreRead(String heading, Class<?> file) throws IOException {
        List<String> documented = KEY.matcher(section("### " + heading))
                .results()
                .map(key -> key.group(1) + (key.group(2) == null ? "" : key.group(2)))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(keysOf(file));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("A topic:", TopicFile.class),
                Arguments.of("A lane:", LaneFile.class),
                Arguments.of("A client:", ClientFile.class),
                Arguments.of("A profile:", ProfileFile.class),
                Arguments.of("An environment:", EnvironmentFile.class));
    }

    @Test
    void theClassesToStartReadingAtExist() throws IOException {
        List<String> sources = sources();

        assertThat(matches(CLASS, section("## Start reading here")))
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(name -> assertThat(sources).contains(name + ".java"));
    }

    @Test
    void theClassesThatACopyDoesNotNeedExist() throws IOException {
        List<String> sources = sources();

        assertThat(matches(CLASS, section("## Copy the template"))).isNotEmpty().allSatisfy(name -> assertThat(sources)
                .contains(name + ".java"));
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        assertThat(matches(LINK, documents())).isNotEmpty().allSatisfy(link -> assertThat(TOPICS.resolve(link))
                .exists());
    }

    /** The reader's problems for a file without any key. */
    private static List<String> keysOf(Class<?> file) {
        Problems problems = new Problems();
        assertThat(new YamlReader(problems).read(new CatalogueFile("empty.yaml", "other: 1"), file))
                .isEmpty();
        List<Problem> refused =
                catchThrowableOfType(CatalogueException.class, problems::refuse).problems();
        List<String> required = refused.stream()
                .filter(problem -> problem.message().equals("is missing"))
                .map(Problem::path)
                .toList();
        String known = "is unknown here; known are ";
        return refused.stream()
                .filter(problem -> problem.message().startsWith(known))
                .flatMap(problem ->
                        Stream.of(problem.message().substring(known.length()).split(", ", -1)))
                .map(key -> key + (required.contains(key) ? " *" : ""))
                .toList();
    }

    private static List<String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(TOPICS.resolve("src/main/java"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static String section(String heading) throws IOException {
        String text = documents();
        int start = text.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        int end = text.indexOf("\n##", start + heading.length());
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private static String documents() throws IOException {
        StringBuilder text = new StringBuilder();
        for (String document : List.of("README.md", "HOW-TO.md", "REFERENCE.md", "ADVICE.md")) {
            text.append(Files.readString(TOPICS.resolve(document)));
        }
        return text.toString();
    }
}
