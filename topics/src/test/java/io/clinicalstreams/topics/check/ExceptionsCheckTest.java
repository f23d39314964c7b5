package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.SmallCatalogue;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the catalogue's authors accept is told with the values that miss and with the reason. */
class ExceptionsCheckTest {

    @Test
    void tellsHowLongTheReadersOfASlowerSinkWaitAndWhy() {
        CheckResult result = new ExceptionsCheck(Catalogue.load("production")).check();

        assertThat(result.verdict()).isEqualTo(Verdict.HELD);
        assertThat(result.details())
                .singleElement()
                .asString()
                .startsWith("lane recording writes clinical.resource.rekeyed with linger.ms 20, not 1;"
                        + " commit.interval.ms 200, not 100: An alert of a resource");
    }

    @Test
    void saysWhenNothingIsAccepted(@TempDir Path folder) throws IOException {
        CheckResult result = new ExceptionsCheck(SmallCatalogue.in(folder).load()).check();

        assertThat(result.details()).containsExactly("no lane misses the objective of a topic it writes");
    }
}
