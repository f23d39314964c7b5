package io.clinicalstreams.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputFilesTest {

    @TempDir
    private Path folder;

    @Test
    void includeTheFoldersBehindLinks() throws Exception {
        Path resources = Files.createDirectories(folder.resolve("elsewhere/deep"));
        write(resources.resolve("a.json"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        assertThat(InputFiles.of(List.of(link)).paths()).containsExactly(link.resolve("deep/a.json"));

        Path outer = Files.createDirectories(folder.resolve("outer"));
        Path inner = Files.createSymbolicLink(outer.resolve("inner"), resources);

        assertThat(InputFiles.of(List.of(outer)).paths()).containsExactly(inner.resolve("a.json"));
    }

    @Test
    void haveTheNamesOfResourcesPlainOrGzipped() throws Exception {
        List<String> resources = List.of("a.json", "b.JSON.gz", "c.ndjson", "d.ndjson.gz", "e.jsonl", "f.jsonl.GZ");
        for (String name : resources) {
            write(folder.resolve(name));
        }
        for (String other : List.of("notes.txt", "g.gz", "json")) {
            write(folder.resolve(other));
        }

        InputFiles files = InputFiles.of(List.of(folder));

        assertThat(files.paths())
                .extracting(path -> path.getFileName().toString())
                .containsExactlyElementsOf(resources);
        assertThat(files.paths())
                .filteredOn(InputFiles::isWhole)
                .extracting(path -> path.getFileName().toString())
                .containsExactly("a.json", "b.JSON.gz");
        assertThat(files.passedOver()).isEqualTo(3);
    }

    @Test
    void areRefusedInOneLineThatNamesThePath() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        write(empty.resolve("notes.txt"));
        Path circle = Files.createDirectories(folder.resolve("circle"));
        Files.createSymbolicLink(circle.resolve("back"), circle);

        assertRefused(folder.resolve("absent"), "no such file or folder");
        assertRefused(empty.resolve("notes.txt"), "not .json, .ndjson or .jsonl");
        assertRefused(empty, "no file named .json, .ndjson or .jsonl");
        assertRefused(circle, "FileSystemLoopException");
    }

    private static void assertRefused(Path input, String why) {
        assertThatThrownBy(() -> InputFiles.of(List.of(input)))
                .isInstanceOf(InputRefused.class)
                .hasMessageContaining(why)
                .hasMessageContaining(input.toString())
                .hasMessageNotContaining("\n");
    }

    private static void write(Path file) throws IOException {
        Files.writeString(file, "{}");
    }
}
