package io.clinicalstreams.topics.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Topic;
import io.clinicalstreams.topics.load.CatalogueLoader;
import io.clinicalstreams.topics.setting.Settings;
import io.clinicalstreams.topics.size.CompactedLog.Cleaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The size of a compacted topic's log, with numbers computed by hand. */
class CompactedLogTest {

    private static final double MB = 1e6;
    private static final double NEVER = 1e13;
    private static final double NO_LAG = Long.MAX_VALUE / 1000.0;

    @Test
    void hasWhatIsReplacedUntilThatIsTheDirtyShare() {
        CompactedLog log = new CompactedLog(60 * MB, 0.001, 1, new Cleaning(0.25, 1, NEVER, NEVER));

        assertThat(log.bytesPerPartition()).isCloseTo(80 * MB + 1, within(1.0));
    }

    /** 4 MB live in each of 10 partitions, half dirty: 8 MB closed. Of 1 MB/s, 50 s or 64 MB are open. */
    @ParameterizedTest(name = "segments of {0} MB or {1} s: {2} MB a partition")
    @CsvSource({"64, 50, 58", "64, 3600, 72", "1074, 3600, 1082"})
    void hasAnOpenSegmentThatIsNeverCleaned(double segment, double seconds, double expected) {
        CompactedLog log = new CompactedLog(40 * MB, 10 * MB, 10, new Cleaning(0.5, segment * MB, seconds, NEVER));

        assertThat(log.bytesPerPartition()).isCloseTo(expected * MB, within(1.0));
        assertThat(log.bytes()).isCloseTo(10 * expected * MB, within(10.0));
    }

    /** 100 MB live would be 200 MB by the ratio; in 20 s at 1 MB/s only 20 MB are replaced. */
    @Test
    void isCleanedAfterTheLagThoughLittleIsDirty() {
        CompactedLog log = new CompactedLog(100 * MB, MB, 1, new Cleaning(0.5, 64 * MB, 20, 20));

        assertThat(log.bytesPerPartition()).isCloseTo(140 * MB, within(1.0));
    }

    /** 100 MB live would be 200 MB by the ratio; in 300 s at 1 MB/s 300 MB are written, and all are kept. */
    @Test
    void keepsEveryRecordForItsMinimumLag() {
        CompactedLog log = new CompactedLog(100 * MB, MB, 1, new Cleaning(0.5, 64 * MB, 20, NEVER, 300));

        assertThat(log.bytesPerPartition()).isCloseTo(420 * MB, within(1.0));
        assertThat(log.formula()).contains("min.compaction.lag.ms").contains("100 + 1 x 300 s");
    }

    @Test
    void liesOnDiskOnceMoreWhileItIsCleaned() {
        CompactedLog log = new CompactedLog(40 * MB, 10 * MB, 10, new Cleaning(0.5, 64 * MB, 3600, NEVER));

        assertThat(log.stored(3)).isCloseTo((720 + 40) * 3 * MB, within(10.0));
    }

    @Test
    void isFiniteEvenIfNothingIsEverCleaned() {
        Cleaning never = new Cleaning(1, MB, NEVER, NEVER);

        assertThat(new CompactedLog(MB, MB, 1, never).bytes()).isFinite();
    }

    @Test
    void isCleanedAsTheSettingsSay() {
        Catalogue catalogue = CatalogueLoader.load("production");
        Topic present = catalogue.topic("clinical.alert.current");

        assertThat(Cleaning.of(catalogue.lane("alerting").settings(), "topic."))
                .isEqualTo(new Cleaning(0.5, 67_108_864, 3600, 3600));
        assertThat(Cleaning.of(present.settings(), "")).isEqualTo(new Cleaning(0.3, 268_435_456, 3600, 86_400));
    }

    @Test
    void isCleanedByKafkasDefaultWithoutASetting() {
        assertThat(Cleaning.of(Settings.NONE, "")).isEqualTo(new Cleaning(0.5, 1_073_741_824, 604_800, NO_LAG));
    }

    @Test
    void isShownWithItsNumbers() {
        assertThat(new CompactedLog(40 * MB, 10 * MB, 10, new Cleaning(0.5, 64 * MB, 3600, 3600)).formula())
                .isEqualTo("min(live / (1 - dirty ratio), live + written x max.compaction.lag.ms)"
                        + " + min(segment.bytes, written x min(segment.ms, that lag))"
                        + " = min(4 / (1 - 0.500), 4 + 1 x 3,600 s) + min(64, 1 x 3,600 s) MB");
        assertThat(new CompactedLog(40 * MB, 10 * MB, 10, new Cleaning(0.5, 64 * MB, 3600, NEVER)).formula())
                .isEqualTo("live / (1 - dirty ratio) + min(segment.bytes, written x segment.ms)"
                        + " = 4 / (1 - 0.500) + min(64, 1 x 3,600 s) MB");
    }
}
