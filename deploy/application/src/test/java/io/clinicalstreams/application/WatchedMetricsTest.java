package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Rules and dashboards name metrics that exist; {@code EndToEndTest} finds them in a running system. */
class WatchedMetricsTest {

    private final WatchedMetrics watched;

    WatchedMetricsTest() throws IOException {
        watched = WatchedMetrics.read();
    }

    @Test
    void namesOfMetricsAreFoundAmongTheOtherWords() {
        assertThat(WatchedMetrics.namesIn("""
                        min_over_time((sum by (instance) (a_bytes{area="heap"}) / b_total > 0)[10m:1m]) > 0.85e3
                          and on (lane) group_left () level:c:rate5m unless ignoring (reason) d offset 1d""")).containsExactly("a_bytes", "b_total", "d", "level:c:rate5m");
    }

    @Test
    void eachComesFromAKnownSource() {
        Set<String> known = new TreeSet<>(ScrapedMetrics.OF_THE_NODE_EXPORTER);
        known.addAll(ScrapedMetrics.OF_BROKERS);
        known.addAll(ScrapedMetrics.OF_THE_SERVICE);

        assertThat(watched.scraped())
                .as("EndToEndTest looks for those in the lists of ScrapedMetrics")
                .isEqualTo(known);
    }

    @Test
    void panelsHaveADescriptionAUnitAndADataSourceThatTheReaderChooses() throws IOException {
        Set<String> uids = new TreeSet<>();
        List<Path> files = WatchedMetrics.dashboards();
        for (Path file : files) {
            JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
            uids.add(dashboard.path("uid").asText());
            assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
            List<Integer> ids = new ArrayList<>();
            for (JsonNode panel : dashboard.path("panels")) {
                ids.add(panel.path("id").asInt());
                if (!panel.path("type").asText().equals("row")) {
                    assertThat(panel.path("description").asText()).isNotBlank();
                    assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
                    assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                    assertThat(panel.path("targets")).isNotEmpty();
                }
            }
            assertThat(ids).doesNotHaveDuplicates().isNotEmpty();
            assertThat(dashboard.toString()).doesNotContain("${lane}", "${profile}", "${topics}", "${goal}");
        }

        assertThat(uids).hasSize(files.size()).hasSizeGreaterThan(6);
    }
}
