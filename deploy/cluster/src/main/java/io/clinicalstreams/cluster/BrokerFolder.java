package io.clinicalstreams.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** One broker's folder: settings, data, logs, what it wrote to its console and the file that names its process. */
record BrokerFolder(Path root) {

    private static final int TAIL_LINES = 8;

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

    /** Standard output and error of the process: empty, or why it could not even start. */
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
            PrivateFile.create(settings());
            Properties properties = new Properties();
            properties.putAll(settings);
            try (OutputStream out = Files.newOutputStream(settings())) {
                properties.store(out, "Written anew at each start of the cluster; a broker's own: `--setting name=value`.");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines the broker wrote, with the path of the file, for the message of a start that failed. */
    String tail() {
        Path file = size(console()) > 0 ? console() : serverLog();
        try {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            List<String> last = lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size());
            return "see " + serverLog() + System.lineSeparator() + "  "
                    + String.join(System.lineSeparator() + "  ", last);
        } catch (IOException unreadable) {
            return "see " + serverLog();
        }
    }

    /** Whether the broker wrote that it found one of its ports taken. */
    boolean saysPortTaken() {
        return contains(serverLog(), "Address already in use") || contains(console(), "Address already in use");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException unreadable) {
            return 0;
        }
    }
}
