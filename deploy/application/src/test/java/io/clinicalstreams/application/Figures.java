package io.clinicalstreams.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Measurements from tests. The build shows them at its end, because test output goes to files. */
public final class Figures {

    private static final Path FILE = Path.of("target", "figures.txt");

    private Figures() {}

    public static void recovery(String after, List<Duration> recoveries) {
        List<Duration> sorted = recoveries.stream().sorted().toList();
        say(String.format(
                Locale.ROOT,
                "recovery after %s: median %.1f s, max %.1f s, of %d",
                after,
                sorted.get(sorted.size() / 2).toMillis() / 1e3,
                sorted.get(sorted.size() - 1).toMillis() / 1e3,
                sorted.size()));
    }

    private static void say(String line) {
        try {
            Files.writeString(
                    FILE, line + System.lineSeparator(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
