package io.clinicalstreams.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A temporary folder is deleted while a lane that used it is still stopping. */
class DeleteFolderTest {

    private static final int FILES = 5_000;

    @TempDir
    private Path temporary;

    @Test
    void filesThatAppearMeanwhileAreNoError() {
        Path folder = temporary.resolve("state");
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> {
            for (int file = 0; file < FILES; file++) {
                write(folder.resolve("file-" + file));
            }
        });
        while (!stopping.isDone()) {
            LocalCluster.delete(folder);
        }
        stopping.join();

        LocalCluster.delete(folder);
        assertThat(folder).doesNotExist();
    }

    private static void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        } catch (IOException deletedMeanwhile) {
            // the next file comes in a new folder
        }
    }
}
