package io.clinicalstreams.topics.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problems;
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

/** The catalogue is found anywhere on the class path, and is one catalogue. */
class CatalogueOnClassPathTest {

    private static final Map<String, String> FILES = new TreeMap<>(Map.of(
            "root/catalogue/b.yaml", "b",
            "root/catalogue/a.yaml", "a",
            "root/catalogue/lanes/c.yaml", "c",
            "root/catalogue/.idea/f.yaml", "f",
            "root/catalogue/.DS_Store", "e",
            "root/catalogue.yaml", "d"));

    private final Path folder;
    private final Problems problems = new Problems();

    CatalogueOnClassPathTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void isReadInAFolder() throws IOException {
        assertIsRead(asFolder("with a space", FILES));
    }

    @Test
    void isReadInAJar() throws IOException {
        assertIsRead(asJar("with a space.jar", FILES));
    }

    @Test
    void replacesTheOneBehindItAltogether() throws IOException {
        Map<String, String> copy = Map.of("root/catalogue/mine.yaml", "mine", "root/profiles/mine.yaml", "mine");
        Map<String, String> builtIn = Map.of(
                "root/catalogue/theirs.yaml", "theirs",
                "root/catalogue/lanes/theirs.yaml", "theirs",
                "root/profiles/theirs.yaml", "theirs",
                "root/environments/theirs.yaml", "theirs");

        for (List<Path> classPath : List.of(
                List.of(asFolder("copy", copy), asJar("built-in.jar", builtIn)),
                List.of(asJar("copy.jar", copy), asFolder("built-in", builtIn)))) {
            CatalogueFiles files = find(classPath);

            assertThat(files.in("catalogue", problems))
                    .containsExactly(new CatalogueFile("catalogue/mine.yaml", "mine"));
            assertThat(files.foldersIn("catalogue")).isEmpty();
            assertThat(files.in("profiles", problems)).containsExactly(new CatalogueFile("profiles/mine.yaml", "mine"));
            int before = problems.count();
            assertThat(files.in("environments", problems)).isEmpty();
            assertThat(problems.count()).isEqualTo(before + 1);
        }
    }

    @Test
    void isNotWhereOnlyProfilesAre() throws IOException {
        Path profiles = asFolder("profiles-alone", Map.of("root/profiles/mine.yaml", "mine"));

        assertThat(find(List.of(profiles, asFolder("behind", FILES))).in("catalogue", problems))
                .hasSize(2);
    }

    @Test
    void orReportsThatItIsMissing() {
        assertThatThrownBy(() -> find(List.of(folder)))
                .isInstanceOf(CatalogueException.class)
                .hasMessage("catalogue: no such folder on the class path under root");
    }

    private void assertIsRead(Path place) throws IOException {
        CatalogueFiles files = find(List.of(place));

        assertThat(files.in("catalogue", problems))
                .containsExactly(
                        new CatalogueFile("catalogue/a.yaml", "a"), new CatalogueFile("catalogue/b.yaml", "b"));
        assertThat(files.foldersIn("catalogue")).containsExactly("catalogue/lanes");
        assertThat(files.in("catalogue/lanes", problems))
                .containsExactly(new CatalogueFile("catalogue/lanes/c.yaml", "c"));
        assertThat(problems.count()).isZero();
        assertThat(files.in("profiles", problems)).isEmpty();
        assertThat(problems.count()).isEqualTo(1);
    }

    private static CatalogueFiles find(List<Path> classPath) throws IOException {
        URL[] places = new URL[classPath.size()];
        for (int index = 0; index < places.length; index++) {
            places[index] = classPath.get(index).toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(places, null)) {
            return CatalogueFiles.onClassPath("root", CatalogueFiles.TOPICS, loader);
        }
    }

    private Path asFolder(String name, Map<String, String> files) throws IOException {
        Path place = folder.resolve(name);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = place.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return place;
    }

    private Path asJar(String name, Map<String, String> files) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            for (String directory : List.of("root/", "root/catalogue/", "root/catalogue/lanes/")) {
                if (files.keySet().stream().anyMatch(each -> each.startsWith(directory))) {
                    entries.putNextEntry(new JarEntry(directory));
                }
            }
            for (Map.Entry<String, String> content : files.entrySet()) {
                entries.putNextEntry(new JarEntry(content.getKey()));
                entries.write(content.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }
}
