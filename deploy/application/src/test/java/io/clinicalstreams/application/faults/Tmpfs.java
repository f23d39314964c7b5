package io.clinicalstreams.application.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clinicalstreams.cluster.LocalCluster;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A small disk in memory, mounted over a folder, that can be filled to the last byte. Mounting needs root on Linux.
 *
 * @param disk where the disk itself is mounted
 */
record Tmpfs(Path folder, Path disk) implements AutoCloseable {

    private static final int BLOCK = 4 << 10;

    /** Mounts it with what the folder contains; skips the test where that is not allowed. */
    static Tmpfs over(Path folder, int megabytes) {
        try {
            Files.createDirectories(folder);
            Path aside = Files.createTempDirectory("clinical-streams-disk-");
            assumeTrue(
                    run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", aside.toString()) == null,
                    "mounting a tmpfs needs root");
            demand("cp", "-a", folder + "/.", aside.toString());
            demand("mount", "--bind", aside.toString(), folder.toString());
            return new Tmpfs(folder, aside);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes until no space is left. */
    void fill() {
        try (OutputStream out = Files.newOutputStream(filler())) {
            byte[] block = new byte[BLOCK];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            // as intended
        }
    }

    void free() {
        try {
            Files.delete(filler());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Unmounts it. The folder contains what the disk contained, without the filler. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(filler());
            Path aside = Files.createTempDirectory("clinical-streams-disk-");
            demand("cp", "-a", folder + "/.", aside.toString());
            demand("umount", folder.toString());
            demand("umount", disk.toString());
            Files.delete(disk);
            LocalCluster.delete(folder);
            demand("mv", aside.toString(), folder.toString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void demand(String... command) {
        String failure = run(command);
        if (failure != null) {
            throw new IllegalStateException(String.join(" ", command) + ": " + failure);
        }
    }

    /** What it printed if it failed, else null. */
    private static @Nullable String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? null : said;
        } catch (IOException absent) {
            return absent.toString();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return interrupted.toString();
        }
    }
}
