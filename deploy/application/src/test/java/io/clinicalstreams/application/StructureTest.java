package io.clinicalstreams.application;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Rules for the main code of all modules together. */
class StructureTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
    private static final long MOST_CLASSES = 25;

    private final List<Path> sources;

    StructureTest() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .toList();
        }
    }

    @Test
    void noPackageHasMoreThanTwentyFiveClasses() {
        Map<Path, Long> classes =
                sources.stream().collect(groupingBy(file -> Objects.requireNonNull(file.getParent()), counting()));

        assertThat(classes).hasSizeGreaterThan(30).allSatisfy((folder, count) -> assertThat(count)
                .isLessThanOrEqualTo(MOST_CLASSES));
    }

    @Test
    void everyClassNameStandsOnce() {
        Map<String, List<Path>> byName = sources.stream()
                .collect(groupingBy(
                        file -> Objects.requireNonNull(file.getFileName()).toString()));

        assertThat(byName).hasSizeGreaterThan(400).allSatisfy((name, files) -> assertThat(files)
                .hasSize(1));
    }
}
