package io.clinicalstreams.topics.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.wire.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The README's tables of topics and reason codes match the catalogue and the code. */
class ReadmeTest {

    @Test
    void showsTheTopicsAsTheyAreInProduction() throws IOException {
        assertThat(table("topics"))
                .as("write it with: topics export --format markdown -e production")
                .isEqualTo(new MarkdownTable(CatalogueLoader.load("production")).text());
    }

    @Test
    void showsEveryReasonWithItsSentenceAndExample() throws IOException {
        String rows = Arrays.stream(Reason.values())
                .map(reason -> "| `%s` | %s | %s |\n".formatted(reason, reason.sentence(), reason.example()))
                .collect(Collectors.joining());

        assertThat(table("reasons"))
                .as("copy the expected text to README.md, between the markers")
                .isEqualTo("| reason | what is wrong | example |\n|---|---|---|\n" + rows);
    }

    private static String table(String name) throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("project.root", ".."), "README.md"));
        String begin = "<!-- " + name + ":begin -->\n";
        String end = "<!-- " + name + ":end -->";
        assertThat(readme).containsOnlyOnce(begin).containsOnlyOnce(end);
        return readme.substring(readme.indexOf(begin) + begin.length(), readme.indexOf(end));
    }
}
