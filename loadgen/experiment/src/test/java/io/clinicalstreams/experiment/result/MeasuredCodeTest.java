package io.clinicalstreams.experiment.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.experiment.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hash by which a result is known to be older than the lanes. */
final class MeasuredCodeTest {

    @TempDir
    private Path root;

    @Test
    void changesWithAnySourceOfTheLanesAndWithNoOther() throws IOException {
        Path lane = write("pipeline/src/main/java/io/Lane.java", "class Lane {}\n");
        write("topics/wire/src/main/java/io/Wire.java", "class Wire {}\n");
        String before = MeasuredCode.hash(root);

        write("pipeline/src/test/java/io/LaneTest.java", "class LaneTest {}\n");
        write("loadgen/src/main/java/io/Load.java", "class Load {}\n");
        Files.writeString(lane, "class Lane {}\r\n");
        assertThat(MeasuredCode.hash(root)).isEqualTo(before).matches("[0-9a-f]{16}");

        Files.writeString(lane, "class Lane { }\n");
        assertThat(MeasuredCode.hash(root)).isNotEqualTo(before);
    }

    @Test
    void isOfLanesOnly() {
        assertThat(MeasuredCode.hash(Measure.CATCH_UP)).isNotNull().isEqualTo(MeasuredCode.hash(Measure.STEADY));
        assertThat(MeasuredCode.hash(Measure.PRODUCE)).isNull();
    }

    private Path write(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
