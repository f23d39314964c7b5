package io.clinicalstreams.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that reads what others wrote, under Jazzer. {@code mvn test} runs the seeds, which include what was found;
 * {@code mvn verify} fuzzes all targets together for a minute, each time with another seed of randomness;
 * {@code mvn -Pfuzz test -pl pipeline -am} each for ten million inputs.
 */
class FuzzTest {

    /** libFuzzer's options. */
    private static final String OPTIONS = System.getProperty(
            "fuzz.options",
            "-max_total_time=60 -seed=" + ThreadLocalRandom.current().nextInt(1, Integer.MAX_VALUE));

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
        // All targets together start afresh: with what another run found, the same seed of randomness is not the same
        // run.
        Path corpus = target.equals(FuzzTargets.class.getName())
                ? Files.createTempDirectory(work, "corpus")
                : Files.createDirectories(work.resolve("corpus"));
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
                "-timeout=300",
                "-print_final_stats=1",
                corpus.toString(),
                seedFolder(target, work).toString()));
        command.addAll(List.of(OPTIONS.split(" ")));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process fuzzer = builder.start();
        try {
            int exitCode = fuzzer.waitFor();
            String output = Files.readString(log, StandardCharsets.ISO_8859_1);
            assertThat(exitCode).as(() -> failure(target, log, output)).isZero();
            assertThat(output).containsPattern("Done [1-9]\\d* runs");
        } finally {
            fuzzer.destroyForcibly();
        }
    }

    /** How to repeat it, and the input as a seed, if there is one. */
    private static String failure(String target, Path log, String output) {
        String repeat = "see pipeline/" + log + "; repeat it with: mvn -Pfuzz test -pl pipeline -am -Dfuzz.target="
                + FuzzTargets.simpleName(target) + " -Dfuzz.options='" + OPTIONS + '\'';
        Matcher input = Pattern.compile("^Base64: (\\S*)$", Pattern.MULTILINE).matcher(output);
        if (!input.find()) {
            return repeat;
        }
        FuzzTargets.Input found = FuzzTargets.input(target, Base64.getDecoder().decode(input.group(1)));
        return FuzzTargets.simpleName(found.target()) + " fails; the seed in Base64: "
                + Base64.getEncoder().encodeToString(found.seed()) + "; " + repeat;
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
