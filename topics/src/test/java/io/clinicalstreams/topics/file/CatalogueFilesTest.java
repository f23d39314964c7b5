package io.clinicalstreams.topics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files are read as their authors meant them, and other files are not read. */
class CatalogueFilesTest {

    private static final String SEEN = "catalogue/clinical.thing.seen.yaml";

    private final Path folder;
    private final SmallCatalogue catalogue;

    CatalogueFilesTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        this.catalogue = SmallCatalogue.in(folder);
    }

    @Test
    void giveAValueWithoutTheSpacesAroundIt() throws IOException {
        catalogue.replace("profiles/fast.yaml", "value: 7200000", "value: ' 7200000 '");

        assertThat(catalogue.load().topic("clinical.thing.seen").settings().plain())
                .containsEntry("retention.ms", "7200000");
    }

    @Test
    void excludeFilesOfOperatingSystemsAndEditors() throws IOException {
        Files.write(folder.resolve("catalogue/.DS_Store"), new byte[] {0, (byte) 0x80, 1});
        catalogue.write("catalogue/.clinical.thing.seen.yaml.swp", "name: half");

        assertThat(catalogue.load().topics()).hasSize(2);
    }

    @Test
    void areNamedIfTheyAreNotText() throws IOException {
        Files.write(folder.resolve(SEEN), new byte[] {(byte) 0x80});

        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);

        assertThat(refused.problems()).contains(new Problem(SEEN, "", "is not UTF-8 text"));
    }

    @Test
    void areReadWithAByteOrderMarkAndRefusedInAnotherEncoding() throws IOException {
        String text = Files.readString(folder.resolve(SEEN));
        Files.writeString(folder.resolve(SEEN), "\uFEFF" + text);

        assertThat(catalogue.load().topics()).hasSize(2);

        for (Charset other : List.of(StandardCharsets.UTF_16, Charset.forName("UTF-16LE"))) {
            Files.writeString(folder.resolve(SEEN), text + "# \u20ac", other);
            CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
            assertThat(refused.problems()).hasSizeGreaterThan(0).allSatisfy(problem -> assertThat(problem.toString())
                    .contains(SEEN));
        }
        Files.writeString(folder.resolve(SEEN), text + "# \u00e4", StandardCharsets.ISO_8859_1);
        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);
        assertThat(refused.problems()).contains(new Problem(SEEN, "", "is not UTF-8 text"));
    }

    @Test
    void areNamedIfTheyAreFoldersOrBrokenLinks() throws IOException {
        Files.createDirectory(folder.resolve("profiles/latency.yaml"));
        Files.createSymbolicLink(folder.resolve("profiles/away.yaml"), folder.resolve("nowhere.yaml"));

        CatalogueException refused = catchThrowableOfType(CatalogueException.class, catalogue::load);

        String what = "is neither a file nor a link to a file";
        assertThat(refused.problems())
                .containsExactly(
                        new Problem("profiles/away.yaml", "", what), new Problem("profiles/latency.yaml", "", what));
    }
}
