package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalogue is found on the class path wherever a build put it. */
class ClassPathFilesTest {

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "root/profiles/b.yaml", "b",
            "root/profiles/a.yaml", "a",
            "root/profiles/below/c.yaml", "c",
            "root/profiles/.DS_Store", "e",
            "root/profiles.yaml", "d"));

    private final Path folder;

    private final Problems problems = new Problems();

    ClassPathFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void inAFolder() throws IOException {
        for (Map.Entry<String, String> file : FILES.entrySet()) {
            Path path = folder.resolve("with a space").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }

        assertThat(filesIn(folder.resolve("with a space")))
                .containsExactly(new CatalogueFile("profiles/a.yaml", "a"), new CatalogueFile("profiles/b.yaml", "b"));
    }

    @Test
    void inAJar() throws IOException {
        Path jar = folder.resolve("with a space.jar");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (String directory : List.of("root/", "root/profiles/", "root/profiles/below/")) {
                entries.putNextEntry(new JarEntry(directory));
            }
            for (Map.Entry<String, String> content : FILES.entrySet()) {
                entries.putNextEntry(new JarEntry(content.getKey()));
                entries.write(content.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }

        assertThat(filesIn(jar))
                .containsExactly(new CatalogueFile("profiles/a.yaml", "a"), new CatalogueFile("profiles/b.yaml", "b"));
    }

    @Test
    void orSaysThatItIsNotThere() throws IOException {
        assertThat(filesIn(folder)).isEmpty();
        assertThat(problems.count()).isEqualTo(1);
    }

    private List<CatalogueFile> filesIn(Path place) throws IOException {
        try (URLClassLoader loader = new URLClassLoader(new URL[] {place.toUri().toURL()}, null)) {
            return new ClassPathFiles("root", loader).in("profiles", problems);
        }
    }
}
