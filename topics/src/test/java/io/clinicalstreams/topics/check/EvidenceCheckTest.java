package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pending measurements are listed once, where they are written. */
class EvidenceCheckTest {

    @Test
    void listsEachPendingSettingOnceByFileAndPath(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.replace(
                "profiles/fast.yaml",
                "commit.interval.ms: {value: 10, why: Short., evidence: pending}",
                "commit.interval.ms: {value: 10, why: Short., evidence: \"documentation: Kafka, configs\"}");

        CheckResult result = new EvidenceCheck(catalogue.load()).check();

        assertThat(result.verdict()).isEqualTo(Verdict.PENDING);
        assertThat(result.details())
                .doesNotHaveDuplicates()
                .contains("profiles/fast.yaml: producer.linger.ms", "profiles/fast.yaml: topic.retention.ms")
                .noneMatch(detail -> detail.contains("commit.interval.ms"));
    }

    @Test
    void listsAnEnvironmentsBrokerSettingsAndALanesSettingsAsWritten(@TempDir Path folder) throws IOException {
        SmallCatalogue catalogue = SmallCatalogue.in(folder);
        catalogue.append("environments/test.yaml", """
                broker:
                  transaction.max.timeout.ms: {value: 60000, why: Theirs., evidence: pending}
                """);
        catalogue.append("catalogue/lanes/seeing.yaml", """
                settings:
                  main.consumer.max.poll.records: {value: 7, why: Few., evidence: pending}
                """);

        assertThat(new EvidenceCheck(catalogue.load()).check().details())
                .contains(
                        "environments/test.yaml: broker.transaction.max.timeout.ms",
                        "catalogue/lanes/seeing.yaml: settings.main.consumer.max.poll.records",
                        "profiles/fast.yaml: streams.commit.interval.ms",
                        "environments/test.yaml: topics.clinical.thing.received.settings.max.message.bytes");
    }

    @Test
    void namesOnlyTextInTheFile() {
        assertThat(new EvidenceCheck(CatalogueLoader.load("production"))
                        .check().details().stream()
                                .flatMap(detail -> Stream.of(detail.substring(0, detail.indexOf(':')))))
                .allSatisfy(file -> assertThat(Path.of(System.getProperty("project.root", ".."), "topics", file))
                        .isRegularFile());
    }
}
