package io.clinicalstreams.verifier.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.verifier.StartMark;
import io.clinicalstreams.verifier.StartMark.TopicStart;
import io.clinicalstreams.verifier.source.MemoryTopics;
import io.clinicalstreams.verifier.source.VerificationException;
import io.clinicalstreams.verifier.source.VerifiedTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StartOptionsTest {

    private static final String RECEIVED = "test.clinical.resource.received";
    private static final StartMark MARK = mark("cluster-1", "id-1");

    private final VerifiedTopics topics = MemoryTopics.verified();

    @TempDir
    private Path folder;

    private static StartMark mark(String cluster, String id) {
        return new StartMark(
                cluster,
                Map.of(
                        RECEIVED,
                        new TopicStart(id, List.of(3L, 0L, 7L), List.of(2L, 0L, 7L)),
                        "test.clinical.observation.recorded",
                        new TopicStart("id-2", List.of(9L), List.of())));
    }

    private static StartOptions options(String... arguments) {
        StartOptions options = new StartOptions();
        new CommandLine(options).parseArgs(arguments);
        return options;
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("start"), text).toString();
    }

    @Test
    void readsAPrintedMark() throws Exception {
        StartOptions.Start start =
                options("--from-mark", file(StartOptions.json(MARK))).start(topics, MARK);

        assertThat(start.from().offsets())
                .isEqualTo(Map.of(
                        new TopicPartition(RECEIVED, 0), 3L,
                        new TopicPartition(RECEIVED, 1), 0L,
                        new TopicPartition(RECEIVED, 2), 7L,
                        new TopicPartition("test.clinical.observation.recorded", 0), 9L));
        assertThat(start.processed().of(new TopicPartition(RECEIVED, 0))).isEqualTo(2);
    }

    @Test
    void refusesAnotherClustersMarkAndFilesThatAreNotMarks() throws IOException {
        StartOptions printed = options("--from-mark", file(json(MARK)));
        assertThatThrownBy(() -> printed.start(topics, mark("cluster-2", "id-1")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("another cluster, cluster-1; this one is cluster-2");

        StartOptions none = options("--from-mark", file("{}"));
        assertThatThrownBy(() -> none.start(topics, MARK))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("is not a mark printed by verify mark");

        StartOptions absent = options("--from-mark", folder.resolve("absent").toString());
        assertThatThrownBy(() -> absent.start(topics, MARK))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("absent does not exist");
    }

    private static String json(StartMark mark) {
        try {
            return StartOptions.json(mark);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Test
    void namesRecreatedTopics() throws IOException {
        StartOptions printed = options("--from-mark", file(json(MARK)));

        assertThatThrownBy(() -> printed.start(topics, mark("cluster-1", "id-9")))
                .isInstanceOf(VerificationException.class)
                .hasMessage("no verdict: deleted and recreated since the mark: " + RECEIVED);
    }

    @Test
    void readsOffsetsInTheFormatOfKafkasTool() throws Exception {
        String lines = IntStream.range(0, 6)
                .mapToObj(partition -> RECEIVED + ":" + partition + ":" + partition * 10)
                .collect(Collectors.joining("\n"));

        StartOptions.Start start = options("--from-offsets", file(lines + "\n__consumer_offsets:0:5\n"))
                .start(topics, MARK);

        assertThat(start.from().offsets()).hasSize(6).containsEntry(new TopicPartition(RECEIVED, 5), 50L);
        assertThat(start.processed().offsets()).isEmpty();
    }

    @Test
    void refusesMalformedOrIncompleteOffsets() throws IOException {
        StartOptions malformed = options("--from-offsets", file(RECEIVED + ":0:1\n" + RECEIVED + ":1:many"));
        assertThatThrownBy(() -> malformed.start(topics, MARK))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("line 2: expected topic:partition:offset");

        StartOptions incomplete = options("--from-offsets", file(RECEIVED + ":0:1"));
        assertThatThrownBy(() -> incomplete.start(topics, MARK))
                .isInstanceOf(CommandException.class)
                .hasMessageEndingWith("has no offset for " + RECEIVED + " partition 1");
    }

    @Test
    void theBeginningIsOffsetZeroOfEveryPartition() throws Exception {
        StartOptions.Start start = options("--from-beginning").start(topics, MARK);

        assertThat(start.from().offsets()).hasSize(4);
        assertThat(start.from().offsets().values()).containsOnly(0L);
    }
}
