package io.clinicalstreams.pipeline.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code alerts tail} ends when its reader does. */
class TailCommandTest {

    private static final TopicPartition ALERTS = new TopicPartition("alerts", 0);

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

    private int polls;

    @BeforeEach
    void twoAlertsInTwoPolls() {
        consumer.assign(List.of(ALERTS));
        consumer.updateBeginningOffsets(Map.of(ALERTS, 0L));
        for (long offset = 0; offset < 2; offset++) {
            long at = offset;
            consumer.schedulePollTask(() -> consumer.addRecord(
                    new ConsumerRecord<>("alerts", 0, at, new byte[0], "{}".getBytes(StandardCharsets.UTF_8))));
        }
    }

    @Test
    void endsAfterTheAlertThatItsReaderDidNotTake() {
        Writer closed = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };

        TailCommand.print(consumer, new PrintWriter(closed), Long.MAX_VALUE, () -> false);

        assertThat(consumer.position(ALERTS)).isEqualTo(1);
    }

    @Test
    void endsWithItsReaderAlsoWhenNoAlertComes() {
        StringWriter out = new StringWriter();
        BooleanSupplier afterFivePolls = () -> ++polls > 5;

        TailCommand.print(consumer, new PrintWriter(out), Long.MAX_VALUE, afterFivePolls);

        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void seesTheReaderOfAPipeAndItsEnd() throws Exception {
        Process reader = new ProcessBuilder("cat").start();
        try {
            Path itsInput = Files.readSymbolicLink(Path.of("/proc/" + reader.pid() + "/fd/0"));
            OutputReaders readers;
            try (Stream<Path> ours = Files.list(Path.of("/proc/self/fd"))) {
                readers = new OutputReaders(
                        ours.filter(each -> leadsTo(each, itsInput)).findFirst().orElseThrow());
            }
            assertThat(readers.haveEnded()).isFalse();

            reader.destroyForcibly().waitFor();

            assertThat(readers.haveEnded()).isTrue();
        } finally {
            reader.destroyForcibly();
        }
    }

    @Test
    void aFileHasNoReader(@TempDir Path folder) throws Exception {
        OutputReaders readers = new OutputReaders(
                Files.createSymbolicLink(folder.resolve("1"), Files.createFile(folder.resolve("file"))));

        assertThat(readers.haveEnded()).isFalse();
        assertThatCode(() -> new OutputReaders(folder.resolve("absent"))).doesNotThrowAnyException();
    }

    private static boolean leadsTo(Path link, Path target) {
        try {
            return Files.readSymbolicLink(link).equals(target);
        } catch (IOException closed) {
            return false;
        }
    }
}
