package io.clinicalstreams.loadgen.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {

    private static final String MARK = "\uFEFF";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.json", "a.ndjson", "a.json.gz", "a.jsonl.gz"})
    void doNotBeginWithTheirFilesByteOrderMark(String name) throws Exception {
        assertThat(read(file(name, MARK + "{}"))).containsExactly("{}");
    }

    @Test
    void keepAByteOrderMarkAnywhereElse() throws Exception {
        Path file = file("a.ndjson", MARK + MARK + "{}\n" + MARK + "{}");

        assertThat(read(file)).containsExactly(MARK + "{}", MARK + "{}");
    }

    @Test
    void areNoneInAFileWithOnlyAByteOrderMark() throws Exception {
        assertThat(read(file("a.json", MARK))).isEmpty();
        assertThat(read(file("b.ndjson", ""))).isEmpty();
        assertThat(read(file("c.ndjson", "1"))).containsExactly("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"canary.json.gz", "canary.ndjson.gz"})
    void nameTheTruncatedFile(String name) throws Exception {
        byte[] whole = gzipped(noise());
        for (int length : new int[] {0, 5, whole.length / 2, whole.length - 4}) {
            Path file = Files.write(folder.resolve(name), Arrays.copyOf(whole, length));

            assertUnreadable(file, "the gzip file is truncated");
        }
    }

    @Test
    void nameTheFileThatDoesNotMatchItsName() throws Exception {
        Path plain = Files.writeString(folder.resolve("canary.json.gz"), "{\"id\":\"secret\"}");

        assertUnreadable(plain, "not a gzip file");
        assertUnreadable(folder.resolve("canary.ndjson"), "no such file");
    }

    private static void assertUnreadable(Path file, String why) {
        assertThatThrownBy(() -> read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why)
                .hasMessageNotContaining("secret");
    }

    private static List<String> read(Path file) throws IOException {
        List<String> read = new ArrayList<>();
        try (Documents documents = new Documents(List.of(file))) {
            for (byte[] next = documents.next(); next != null; next = documents.next()) {
                read.add(new String(next, StandardCharsets.UTF_8));
            }
        }
        return read;
    }

    private Path file(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        return Files.write(folder.resolve(name), name.endsWith(".gz") ? gzipped(bytes) : bytes);
    }

    /** So large that half of it, compressed, exceeds every read buffer. */
    private static byte[] noise() {
        byte[] noise = new byte[500_000];
        new Random(1).nextBytes(noise);
        return noise;
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
