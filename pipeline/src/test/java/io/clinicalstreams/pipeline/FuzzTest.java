package io.clinicalstreams.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that reads what others wrote, under Jazzer. {@code mvn test} runs the seeds, which include what was found;
 * {@code mvn verify} fuzzes all targets together with a thousand inputs; {@code mvn -Pfuzz test -pl pipeline -am} each for ten
 * million inputs.
 */
class FuzzTest {

    /** libFuzzer's options; in a build, a fixed seed, so that a change is what breaks it. */
    private static final String OPTIONS = System.getProperty("fuzz.options", "-runs=1000 -seed=1 -max_total_time=30");

    /** The end of a target's name; empty for each one on its own. */
    private static final String TARGET = System.getProperty("fuzz.target", FuzzTargets.class.getSimpleName());

    private static final Path SEEDS = Path.of("src/test/resources/fuzz");
    private static final Path WORK = Path.of("target/fuzz");

    static Stream<String> targets() {
        return FuzzTargets.class.getName().endsWith(TARGET) && !TARGET.isEmpty()
                ? Stream.of(FuzzTargets.class.getName())
                : FuzzTargets.NAMES.stream().filter(target -> target.endsWith(TARGET));
    }

    @TestFactory
    Stream<DynamicTest> everySeedHolds() {
        return FuzzTargets.NAMES.stream().flatMap(target -> seeds(target).stream()
                .map(seed -> DynamicTest.dynamicTest(
                        FuzzTargets.simpleName(target) + ' ' + seed.getFileName(),
                        () -> FuzzTargets.run(target, Files.readAllBytes(seed)))));
    }

    @Tag("fuzz")
    @ParameterizedTest
    @MethodSource("targets")
    void findsNothingNew(String target) throws Exception {
        Path work = Files.createDirectories(WORK.resolve(FuzzTargets.simpleName(target)));
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        Path log = work.resolve("log.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target,
                "--instrumentation_includes=io.clinicalstreams.**",
                "--custom_hook_excludes=**",
                "--reproducer_path=" + work,
                "-artifact_prefix=" + work + '/',
                "-rss_limit_mb=0",
                "-timeout=60",
                corpus.toString(),
                seedFolder(target, work).toString()));
        command.addAll(List.of(OPTIONS.split(" ")));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process fuzzer = builder.start();
        try {
            assertThat(fuzzer.waitFor()).as("exit code; see pipeline/" + log).isZero();
        } finally {
            fuzzer.destroyForcibly();
        }
        assertThat(Files.readString(log, StandardCharsets.ISO_8859_1)).containsPattern("Done [1-9]\\d* runs");
    }

    private static List<Path> seeds(String target) {
        try (Stream<Path> files = Files.list(SEEDS.resolve(FuzzTargets.simpleName(target)))) {
            List<Path> seeds = files.sorted().toList();
            assertThat(seeds).as("seeds of " + target).isNotEmpty();
            return seeds;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path seedFolder(String target, Path work) throws IOException {
        if (!target.equals(FuzzTargets.class.getName())) {
            return SEEDS.resolve(FuzzTargets.simpleName(target));
        }
        Path all = Files.createDirectories(work.resolve("seeds"));
        for (String each : FuzzTargets.NAMES) {
            for (Path seed : seeds(each)) {
                Files.write(
                        all.resolve(FuzzTargets.simpleName(each) + '-' + seed.getFileName()),
                        FuzzTargets.inputFor(each, Files.readAllBytes(seed)));
            }
        }
        return all;
    }
}
