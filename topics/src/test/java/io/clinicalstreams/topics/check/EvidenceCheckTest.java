package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What still waits for a measurement is listed where it is written, once. */
class EvidenceCheckTest {

    @Test
    void listsEachPendingSettingOnceByFileAndPath(@TempDir Path folder) throws IOException {
        write(folder, "catalogue/a.b.c.yaml", """
                name: a.b.c
                goal: Things.
                profile: fast
                key: the thing
                value: JSON
                keyed-order: true
                partitions: 4
                settings:
                  segment.bytes: {value: 2000000, why: Small., evidence: pending}
                """);
        write(folder, "catalogue/lanes/seeing.yaml", """
                name: seeing
                application-id: seeing
                goal: Sees things.
                profile: fast
                sources: [a.b.c]
                sinks: []
                """);
        write(folder, "profiles/fast.yaml", """
                name: fast
                goal: Fast.
                objectives: {maximum-lag: PT1S}
                topic:
                  segment.ms: {value: 3600000, why: One hour., evidence: "documentation: Kafka"}
                producer:
                  linger.ms: {value: 0, why: At once., evidence: pending}
                  max.request.size: {value: 1048580, why: Over the input., evidence: "documentation: Kafka"}
                consumer:
                  max.poll.records: {value: 9, why: Few., evidence: pending}
                  max.partition.fetch.bytes: {value: 1048580, why: The input., evidence: "documentation: Kafka"}
                streams:
                  commit.interval.ms: {value: 10, why: Short., evidence: pending}
                """);
        write(folder, "environments/test.yaml", """
                name: test
                goal: A test.
                brokers: 1
                replication: 1
                min-insync-replicas: 1
                standby-replicas: 0
                topics:
                  a.b.c:
                    settings:
                      max.message.bytes: {value: 1048580, why: Input., evidence: "documentation: Kafka"}
                """);

        CheckResult result = new EvidenceCheck(Catalogue.load(folder, "test")).check();

        assertThat(result.verdict()).isEqualTo(Verdict.PENDING);
        assertThat(result.details())
                .containsExactly(
                        "catalogue/a.b.c.yaml: topic.segment.bytes",
                        "profiles/fast.yaml: commit.interval.ms",
                        "profiles/fast.yaml: consumer.max.poll.records",
                        "profiles/fast.yaml: producer.linger.ms");
    }

    @Test
    void namesOnlyWhatStandsInTheFile() {
        assertThat(new EvidenceCheck(Catalogue.load("production"))
                        .check().details().stream()
                                .flatMap(detail -> Stream.of(detail.substring(0, detail.indexOf(':')))))
                .allSatisfy(file -> assertThat(Path.of(System.getProperty("project.root", ".."), "topics", file))
                        .isRegularFile());
    }

    private static void write(Path folder, String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
