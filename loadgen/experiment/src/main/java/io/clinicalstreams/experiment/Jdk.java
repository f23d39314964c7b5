package io.clinicalstreams.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JDKs of this machine: those that {@code JAVA_HOME_25} and the like name, and those beside the running one. */
public final class Jdk {

    private static final Path THIS = Path.of(System.getProperty("java.home"));

    private Jdk() {}

    /** The program {@code java} of the running JDK, or of one of that version. */
    public static String program(@Nullable Integer version) {
        Path home = version == null
                ? THIS
                : find(version, System.getenv(), THIS)
                        .orElseThrow(() -> new IllegalArgumentException("there is no JDK " + version
                                + " on this machine; JAVA_HOME_" + version + " may name it"));
        return home.resolve("bin").resolve("java").toString();
    }

    /** Whether there is a JDK of that version. */
    public static boolean exists(int version) {
        return find(version, System.getenv(), THIS).isPresent();
    }

    static Optional<Path> find(int version, Map<String, String> environment, Path running) {
        String variable = "JAVA_HOME_" + version;
        Stream<Path> named = environment.entrySet().stream()
                .filter(each -> each.getKey().equals(variable) || each.getKey().startsWith(variable + '_'))
                .map(each -> Path.of(each.getValue()));
        return Stream.of(named, Stream.of(running), besides(running).stream())
                .flatMap(homes -> homes)
                .filter(home -> isOf(version, home))
                .findFirst();
    }

    private static List<Path> besides(Path running) {
        Path parent = running.getParent();
        if (parent == null) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(parent)) {
            return homes.sorted().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static boolean isOf(int version, Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.anyMatch(line -> line.matches("JAVA_VERSION=\"" + version + "\\b.*"))
                    && Files.isExecutable(home.resolve("bin").resolve("java"));
        } catch (IOException noJdk) {
            return false;
        }
    }
}
