package io.clinicalstreams.experiment.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.experiment.SettingPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence is replaced in the text of a profile; the rest of it stays as people wrote it. */
final class ProfileTextTest {

    private static final String TEXT = """
            # What every topic has.
            name: common

            topic:
              linger.ms:
                value: 1
                why: Of a topic.
                evidence: pending

            producer:
              linger.ms: # not the topic's
                value: 20
                why: >-
                  Long
                  reason.
                evidence: >-
                  pending; two
                  lines
              batch.size:
                value: 16384
                why: Short.
                evidence: "documentation: Kafka, producer configs, batch.size"

            # No consumer.
            """;

    private static final SettingPlace LINGER = SettingPlace.of("profiles/common.yaml: producer.linger.ms");

    @Test
    void replacesTheEvidenceOfOneSetting() {
        ProfileText profile = new ProfileText(TEXT);
        String evidence = "experiment linger, 2 cores: " + "0 ms: +12.0 %, worse; ".repeat(12) + "end";

        profile.setEvidence(LINGER, evidence);

        String text = profile.toString();
        assertThat(text.lines()).allMatch(line -> line.length() <= 120);
        assertThat(profile.evidence(LINGER)).isEqualTo(evidence);
        assertThat(text.replaceFirst(
                        "(?s)(reason\\.\n    evidence: >-\n).*?(  batch)", "$1      pending; two\n      lines\n$2"))
                .isEqualTo(TEXT);
    }

    @Test
    void readsEvidenceInAnyForm() {
        ProfileText profile = new ProfileText(TEXT);

        assertThat(profile.evidence(LINGER)).isEqualTo("pending; two lines");
        assertThat(profile.evidence(SettingPlace.of("profiles/common.yaml: topic.linger.ms")))
                .isEqualTo("pending");
        assertThat(profile.evidence(SettingPlace.of("profiles/common.yaml: producer.batch.size")))
                .isEqualTo("documentation: Kafka, producer configs, batch.size");
    }

    @Test
    void namesASettingThatIsNotThere() {
        assertThatThrownBy(
                        () -> new ProfileText(TEXT).evidence(SettingPlace.of("profiles/common.yaml: topic.batch.size")))
                .hasMessageContaining("profiles/common.yaml: topic.batch.size: is not in this file");
    }

    @Test
    void leavesNoHalfWrittenFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("common.yaml"), "name: common\n");
        Path inTheWay = folder.resolve("other.yaml");
        Files.createDirectories(inTheWay.resolve("file"));

        new ProfileText(TEXT).replace(file);

        assertThat(file).hasContent(TEXT);
        assertThatThrownBy(() -> new ProfileText(TEXT).replace(inTheWay)).isInstanceOf(IOException.class);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("common.yaml", "other.yaml");
    }
}
