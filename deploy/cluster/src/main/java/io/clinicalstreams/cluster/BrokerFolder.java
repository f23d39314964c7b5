package io.clinicalstreams.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One broker's folder: settings, data, logs, console output and the file that identifies its process. */
record BrokerFolder(Path root) {

    private static final int TAIL_LINES = 6;
    private static final int TAIL_WIDTH = 300;

    Path settings() {
        return root.resolve("server.properties");
    }

    Path data() {
        return root.resolve("data");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path serverLog() {
        return logs().resolve("server.log");
    }

    /** Standard output and error of the process: empty unless it could not start. */
    Path console() {
        return logs().resolve("console.log");
    }

    Path process() {
        return root.resolve("process.properties");
    }

    void write(Map<String, String> settings) {
        try {
            Files.createDirectories(logs());
            Files.deleteIfExists(console());
            if (Files.exists(serverLog())) {
                Files.move(serverLog(), logs().resolve("server.previous.log"), StandardCopyOption.REPLACE_EXISTING);
            }
            PropertiesFile.write(
                    settings(),
                    settings,
                    "Rewritten at each start of the cluster; to change a setting: `--setting name=value`.");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Path of the log and its last errors, for a broker that ended. */
    String tail() {
        Path file = lines(console()).findAny().isPresent() ? console() : serverLog();
        String line = System.lineSeparator() + "  ";
        List<String> errors = lines(file).filter(BrokerFolder::tellsAnError).toList();
        if (errors.isEmpty()) {
            // A JVM that does not even start has its own words.
            errors = lines(file).toList();
        }
        return "see " + (Files.exists(serverLog()) ? serverLog() : file)
                + errors.stream()
                        .skip(Math.max(0, errors.size() - TAIL_LINES))
                        .map(error -> line + error.substring(0, Math.min(error.length(), TAIL_WIDTH)))
                        .collect(Collectors.joining());
    }

    /** Whether the broker reported that one of its ports was taken. */
    boolean saysPortTaken() {
        return Stream.of(serverLog(), console())
                .flatMap(BrokerFolder::lines)
                .anyMatch(line -> line.contains("Address already in use"));
    }

    private static boolean tellsAnError(String line) {
        return line.contains(" ERROR ")
                || line.contains(" FATAL ")
                || line.contains("Exception")
                || line.contains("Error:");
    }

    private static Stream<String> lines(Path file) {
        try {
            return Files.exists(file) ? Files.readAllLines(file).stream() : Stream.of();
        } catch (IOException unreadable) {
            return Stream.of();
        }
    }
}
