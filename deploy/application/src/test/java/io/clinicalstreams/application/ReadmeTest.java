package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Everything that the README names exists. */
final class ReadmeTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
    private static final Pattern CLASS = Pattern.compile("`([A-Z][A-Za-z]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
    private static final Pattern FILE = Pattern.compile("`([\\w.-]+/[\\w./-]*)`");
    private static final Pattern COMMAND = Pattern.compile("(?m)^\\./clinical-streams (\\S+( [^\\s#|>]+)*)");

    @Test
    void theClassesToStartReadingAtExist() throws IOException {
        String section = section("## Start reading here");
        List<String> classes = matches(CLASS, section);

        assertThat(classes)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(name -> assertThat(sourceFiles()).as(name).contains(name + ".java"));
    }

    @Test
    void itsLinksLeadSomewhere() throws IOException {
        assertThat(matches(LINK, readme())).isNotEmpty().allSatisfy(link -> assertThat(ROOT.resolve(link))
                .exists());
    }

    @Test
    void theRecipesOfContributingNameFilesThatExist() throws IOException {
        assertThat(matches(FILE, Files.readString(ROOT.resolve("CONTRIBUTING.md"))))
                .hasSizeGreaterThan(20)
                .allSatisfy(file -> assertThat(ROOT.resolve(file)).exists());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "topics/README.md",
                "topics/HOW-TO.md",
                "pipeline/README.md",
                "loadgen/README.md",
                "loadgen/experiments/README.md",
                "loadgen/verifier/README.md",
                "deploy/README.md",
                "deploy/cluster/README.md"
            })
    void itsCommandsAreUnderstood(String readme) throws IOException {
        List<String> commands = matches(COMMAND, Files.readString(ROOT.resolve(readme)));

        assertThat(commands).isNotEmpty().allSatisfy(command -> {
            CommandLine root = ClinicalStreams.commandLine();
            assertThat(root.parseArgs(command.split(" ")).subcommand() != null || command.equals("--help"))
                    .as(command)
                    .isTrue();
        });
    }

    private static List<String> sourceFiles() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .toList();
        }
    }

    private static String section(String heading) throws IOException {
        String text = readme();
        int start = text.indexOf(heading);
        assertThat(start).as(heading).isNotNegative();
        int end = text.indexOf("\n## ", start + heading.length());
        return text.substring(start, end < 0 ? text.length() : end);
    }

    private static List<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
