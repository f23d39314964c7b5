package io.clinicalstreams.application;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A package is small enough to read as a whole. */
class PackageSizeTest {

    private static final Path ROOT = Path.of(System.getProperty("project.root", "../.."));
    private static final int MOST_FILES = 25;

    @Test
    void noPackageHasMoreThanTwentyFiveSourceFiles() throws IOException {
        Map<Path, Long> sizes;
        try (Stream<Path> files = Files.walk(ROOT)) {
            sizes = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java"))
                    .map(ROOT::relativize)
                    .filter(file -> file.toString().contains("src/main/java"))
                    .collect(groupingBy(Path::getParent, counting()));
        }

        assertThat(sizes).isNotEmpty().allSatisfy((folder, size) -> assertThat(size)
                .as(folder.toString())
                .isLessThanOrEqualTo(MOST_FILES));
    }
}
