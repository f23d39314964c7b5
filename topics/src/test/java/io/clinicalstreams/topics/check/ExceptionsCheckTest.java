package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepted exceptions are shown with the values that miss the objective and the reason. */
class ExceptionsCheckTest {

    @Test
    void showsHowLongTheReadersOfASlowerSinkWaitAndWhy() {
        CheckResult result = new ExceptionsCheck(CatalogueLoader.load("production")).check();

        assertThat(result.verdict()).isEqualTo(Verdict.HELD);
        assertThat(result.details())
                .filteredOn(line -> line.contains("linger.ms"))
                .singleElement()
                .asString()
                .startsWith("lane recording writes clinical.resource.rekeyed with linger.ms 20, not 1;"
                        + " commit.interval.ms 200, not 100: An alert for a resource");
    }

    @Test
    void reportsWhereALanesProducerDiffersFromTheTopicsProfile() {
        assertThat(new ExceptionsCheck(CatalogueLoader.load("production"))
                        .check()
                        .details())
                .contains("lane alerting writes clinical.alert.current with compression.type none, not lz4: a lane"
                        + " has one producer, so the lane decides");
    }

    @Test
    void reportsThatNothingIsAccepted(@TempDir Path folder) throws IOException {
        CheckResult result = new ExceptionsCheck(SmallCatalogue.in(folder).load()).check();

        assertThat(result.details()).containsExactly("lanes write each topic with its profile's settings");
    }
}
