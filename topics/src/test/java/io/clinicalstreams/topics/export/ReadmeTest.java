package io.clinicalstreams.topics.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README's table of topics is the catalogue's. */
class ReadmeTest {

    private static final String BEGIN = "<!-- topics:begin -->\n";
    private static final String END = "<!-- topics:end -->";

    @Test
    void showsTheTopicsAsTheyAreInProduction() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("project.root", ".."), "README.md"));

        assertThat(readme).containsOnlyOnce(BEGIN).containsOnlyOnce(END);
        assertThat(readme.substring(readme.indexOf(BEGIN) + BEGIN.length(), readme.indexOf(END)))
                .as("the table in README.md; write it anew with: topics export --format markdown -e production")
                .isEqualTo(new MarkdownTable(CatalogueLoader.load("production")).text());
    }
}
