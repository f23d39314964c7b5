package io.clinicalstreams.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A level's catalogue: the environment with the level's differences, checked before anything runs. */
final class LevelCataloguesTest {

    @TempDir
    private Path folder;

    @Test
    void differsFromTheEnvironmentByItsLevelAndHasTopicsOfItsOwn() throws IOException {
        Experiment experiment = ExperimentTest.read(
                ExperimentTest.LINGER.replace("clinical.resource.received", "clinical.observation.recorded"));

        Catalogue catalogue = levels(experiment).write(experiment.levels().get(1), "linger-7");

        Topic topic = catalogue.topic("clinical.observation.recorded");
        assertThat(topic.fullName()).isEqualTo("linger-7.clinical.observation.recorded");
        assertThat(topic.partitions()).isEqualTo(3);
        assertThat(topic.settings().plain()).containsEntry("segment.ms", "3600000");
        assertThat(catalogue.topic("clinical.alert.generated").settings().plain())
                .containsEntry("segment.ms", "43200000");
    }

    @Test
    void hasAsManyReplicasAsItsBrokersCanKeep() throws IOException {
        Experiment experiment = ExperimentTest.read(
                ExperimentTest.LINGER.replace("brokers: 1", "brokers: 3").replace("partitions: 3", "partitions: 6"));

        Catalogue catalogue = levels(experiment).write(experiment.levels().get(0), "linger-1");

        assertThat(catalogue.where().replication()).isEqualTo((short) 3);
        assertThat(catalogue.where().minInsyncReplicas()).isEqualTo((short) 2);
    }

    @Test
    void isRefusedWithThePlaceInTheExperimentsFile() {
        String wrong = ExperimentTest.LINGER
                .replace("partitions: 3", "partitions: 6")
                .replace("linger.ms: 0", "linger.mss: 0")
                .replace("segment.ms: 3600000", "segment.ms: soon");

        assertThatThrownBy(() -> levels(ExperimentTest.read(wrong)))
                .hasMessageContaining("experiments/linger.yaml: levels.0 ms.producer.linger.mss: ")
                .hasMessageContaining("experiments/linger.yaml: levels.5 ms.topic.segment.ms: ");
    }

    @Test
    void isRefusedIfKafkaWouldRefuseItsProducer() {
        String wrong = ExperimentTest.LINGER
                .replace("partitions: 3", "partitions: 6")
                .replace("enable.idempotence: true", "enable.idempotence: true, acks: 1");

        assertThatThrownBy(() -> levels(ExperimentTest.read(wrong)))
                .hasMessageContaining("experiments/linger.yaml: levels.5 ms.producer: Must set acks to all");
    }

    @Test
    void isRefusedIfJavaWouldNotStartOrARecordIsTooLarge() {
        String wrong = ExperimentTest.LINGER + "    jvm: [-XX:+UseNoSuchGC]\n    bytes: 2000000\n";

        assertThatThrownBy(() -> levels(ExperimentTest.read(wrong.replace("partitions: 3", "partitions: 6"))))
                .hasMessageContaining("experiments/linger.yaml: levels.as it is.jvm: Java does not start: ")
                .hasMessageContaining("UseNoSuchGC")
                .hasMessageContaining("experiments/linger.yaml: levels.as it is.bytes: must be at most 1048576");
    }

    /** The lane's process reads the environment and, over it, a configuration: this is what it runs with. */
    @Test
    void changesTheLaneUnderTestAndAllItsSources() throws IOException {
        Experiment experiment = ExperimentTest.read(ExperimentTest.CATCH_UP
                .replace("{commit.interval.ms: 50}", "{commit.interval.ms: 50, processing.guarantee: at_least_once}")
                .replace("partitions: 3", "partitions: 3\n    standbys: 1\n    instances: 2\n    patients: 77"));

        LevelCatalogues levels = levels(experiment);
        Catalogue catalogue = levels.write(experiment.levels().get(1), "linger-7");

        assertThat(catalogue.lane("recording").settings().plain())
                .containsEntry("processing.guarantee", "at_least_once")
                .containsEntry("commit.interval.ms", "200");
        assertThat(catalogue.lane("recording").sources()).hasSize(2).allMatch(source -> source.partitions() == 3);
        assertThat(catalogue.lane("alerting").settings().plain())
                .containsEntry("commit.interval.ms", "100")
                .containsEntry("num.standby.replicas", "1");
        assertThat(levels.inEffect(experiment.levels().get(1)))
                .containsEntry("lane.commit.interval.ms", "50")
                .containsEntry("instances", "2")
                .containsEntry("patients", "77");
    }

    @Test
    void namesAWrongSettingOfALaneAndAJdkThatIsMissing() {
        String wrong = ExperimentTest.CATCH_UP
                .replace("commit.interval.ms: 50", "commit.intervall.ms: 50")
                .replace("partitions: 3", "java: 99");

        assertThatThrownBy(() -> levels(ExperimentTest.read(wrong)))
                .hasMessageContaining("experiments/linger.yaml: levels.5 ms.lane.commit.intervall.ms: ")
                .hasMessageContaining("experiments/linger.yaml: levels.5 ms.java: there is no JDK 99 on this machine");
    }

    @Test
    void isRefusedIfThereIsNoSuchTopic() {
        assertThatThrownBy(() -> levels(ExperimentTest.read(
                        ExperimentTest.LINGER.replace("clinical.resource.received", "clinical.resource.receved"))))
                .hasMessageContaining("experiments/linger.yaml: topic: no topic 'clinical.resource.receved'");
    }

    @Test
    void isRefusedIfThereIsNoSuchLane() {
        assertThatThrownBy(() -> levels(
                        ExperimentTest.read(ExperimentTest.CATCH_UP.replace("lane: recording", "lane: recoding"))))
                .hasMessageContaining("experiments/linger.yaml: lane: no lane 'recoding'");
    }

    private LevelCatalogues levels(Experiment experiment) throws IOException {
        CatalogueLoader.copy(folder);
        return LevelCatalogues.of(experiment, "experiments/linger.yaml", "development", folder);
    }
}
