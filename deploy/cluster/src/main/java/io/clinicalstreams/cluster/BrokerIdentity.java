package io.clinicalstreams.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * A broker's process: id and start time, so that another process that has since received the same id is not mistaken
 * for it.
 */
record BrokerIdentity(long pid, Instant started) {

    /** The system reports the start time by its own clock, which may be adjusted. */
    private static final Duration TOLERANCE = Duration.ofSeconds(3);

    static BrokerIdentity of(ProcessHandle handle) {
        return new BrokerIdentity(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    void write(Path file) {
        PropertiesFile.write(file, Map.of("pid", Long.toString(pid), "started", started.toString()), null);
    }

    /** The identity in the file; empty if the file is missing or unreadable. */
    static Optional<BrokerIdentity> read(Path file) {
        try {
            Properties properties = PropertiesFile.read(file);
            return Optional.of(new BrokerIdentity(
                    Long.parseLong(properties.getProperty("pid", "")),
                    Instant.parse(properties.getProperty("started", ""))));
        } catch (RuntimeException unreadable) {
            return Optional.empty();
        }
    }

    /** The live process, if it is still the one started with this settings file. */
    Optional<ProcessHandle> process(Path settings) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(handle -> isOurs(handle.info(), settings));
    }

    /** The start time counts only without a command line: after an adjustment of the clock the system reports another. */
    private boolean isOurs(ProcessHandle.Info info, Path settings) {
        return info.commandLine()
                .map(line -> line.contains(BrokerProcess.class.getName()) && line.contains(settings.toString()))
                .orElseGet(() -> info.startInstant()
                        .filter(start -> Duration.between(started, start).abs().compareTo(TOLERANCE) < 0)
                        .isPresent());
    }
}
