package io.clinicalstreams.pipeline.fhir;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Third-party resources: those in the project, and large data sets that may be next to it. */
final class Examples {

    private static final Path DATA =
            Path.of(System.getProperty("project.root", "..")).resolve("../shared/data");

    private Examples() {}

    /** Official examples, one per line. */
    static List<String> embedded() {
        try (InputStream in = Objects.requireNonNull(Examples.class.getResourceAsStream("/fhir/examples.ndjson"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lines of a file of real data; the test is skipped if it is absent. */
    static List<String> lines(String file) {
        Path path = DATA.resolve(file);
        Assumptions.assumeTrue(Files.isReadable(path), () -> "no real data next to the project: " + file);
        try (InputStream in = Files.newInputStream(path);
                BufferedReader lines = new BufferedReader(new InputStreamReader(
                        file.endsWith(".gz") ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The whole transaction Bundles of the real data. */
    static List<byte[]> bundles() {
        Path folder = DATA.resolve("synthea-3.3/bundles");
        Assumptions.assumeTrue(Files.isDirectory(folder), "no real data next to the project");
        try (var files = Files.list(folder)) {
            return files.sorted().map(Examples::unzipped).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] unzipped(Path file) {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
