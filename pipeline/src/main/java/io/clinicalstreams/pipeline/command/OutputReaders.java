package io.clinicalstreams.pipeline.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;

/**
 * The processes that read an output of this process through a pipe, as far as the system shows them (Linux). Java notices
 * their end only when it writes, and that may be hours later.
 */
final class OutputReaders {

    private static final Path PROCESSES = Path.of("/proc");

    private final Path output;
    private final boolean wereSeen;
    private List<ProcessHandle> readers;

    /** @param output the file descriptor's path */
    OutputReaders(Path output) {
        this.output = output;
        this.readers = find();
        this.wereSeen = !readers.isEmpty();
    }

    static OutputReaders ofStandardOutput() {
        return new OutputReaders(PROCESSES.resolve("self/fd/1"));
    }

    /** Whether there is no reader any more; false where readers cannot be seen. */
    boolean haveEnded() {
        if (!wereSeen || readers.stream().anyMatch(ProcessHandle::isAlive)) {
            return false;
        }
        readers = find();
        return readers.isEmpty();
    }

    private List<ProcessHandle> find() {
        String pipe = target(output);
        return pipe.startsWith("pipe:")
                ? ProcessHandle.allProcesses()
                        .filter(process -> reads(process, pipe))
                        .toList()
                : List.of();
    }

    private static boolean reads(ProcessHandle process, String pipe) {
        Path descriptors = PROCESSES.resolve(process.pid() + "/fd");
        try (Stream<Path> each = Files.list(descriptors)) {
            return each.anyMatch(descriptor -> target(descriptor).equals(pipe) && isForReading(descriptor));
        } catch (IOException | UncheckedIOException hiddenOrEnded) {
            return false;
        }
    }

    /** The permissions of the link are the mode in which it was opened. */
    private static boolean isForReading(Path descriptor) {
        try {
            return Files.getPosixFilePermissions(descriptor, LinkOption.NOFOLLOW_LINKS)
                    .contains(PosixFilePermission.OWNER_READ);
        } catch (IOException ended) {
            return false;
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "";
        }
    }
}
