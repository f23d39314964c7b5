package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Lane;
import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.check.ClientsPage.RunningLane;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a service says of its clients is held against the catalogue, setting by setting. */
class ClientsCheckTest {

    private final Catalogue catalogue = Catalogue.load("production");
    private final Lane alerting = catalogue.lane("alerting");
    private final Map<String, Map<String, String>> used = asWanted(alerting);

    @Test
    void holdsForClientsThatUseTheCatalogue() {
        assertThat(result().verdict()).isEqualTo(Verdict.HELD);
    }

    @Test
    void namesEverySettingThatDiffers() {
        settings("producer").put("linger.ms", "100");
        settings("streams").put("commit.interval.ms", "30");

        assertThat(result().details())
                .containsExactly(
                        "lane alerting: commit.interval.ms is 30, the catalogue says 100 (profiles/latency.yaml)",
                        "lane alerting: producer.linger.ms is 100, the catalogue says 0 (profiles/latency.yaml)");
    }

    @Test
    void namesASettingThatIsNotUsed() {
        settings("main.consumer").remove("max.poll.records");

        assertThat(result().details())
                .containsExactly("lane alerting: main.consumer.max.poll.records is not used, the catalogue says 1000"
                        + " (profiles/latency.yaml)");
    }

    @Test
    void namesAServiceOfAnotherEnvironment() {
        assertThat(check(new RunningLane("alerting", "staging.clinical-streams.alerting", used))
                        .details())
                .singleElement()
                .satisfies(
                        detail -> assertThat(detail).contains("application.id is staging.clinical-streams.alerting"));
    }

    @Test
    void namesALaneThatNobodyDeclared() {
        assertThat(check(new RunningLane("paging", "paging", Map.of())).details())
                .containsExactly("lane paging is not in the catalogue");
    }

    @Test
    void doesNotHoldForAServiceWithoutLanes() {
        assertThat(check().details()).containsExactly("the service has no lane yet");
    }

    @Test
    void readsAServicesPage() throws IOException {
        ClientsPage page = ClientsPage.parse(bytes("""
                {"lanes":[{"lane":"alerting","applicationId":"a","settings":{"producer":{"linger.ms":"0"}}}]}
                """));

        assertThat(page.lanes())
                .containsExactly(new RunningLane("alerting", "a", Map.of("producer", Map.of("linger.ms", "0"))));
    }

    @Test
    void refusesAPageOfSomethingElse() {
        assertThatIOException().isThrownBy(() -> ClientsPage.parse(bytes("{}")));
        assertThatIOException().isThrownBy(() -> ClientsPage.parse(bytes("<html>")));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> settings(String client) {
        return used.computeIfAbsent(client, name -> new TreeMap<>());
    }

    private CheckResult result() {
        return check(new RunningLane("alerting", alerting.applicationId(), used));
    }

    private CheckResult check(RunningLane... lanes) {
        return new ClientsCheck(catalogue).of(new ClientsPage(List.of(lanes)));
    }

    private static Map<String, Map<String, String>> asWanted(Lane lane) {
        Map<String, Map<String, String>> used = new HashMap<>();
        lane.settings().plain().forEach((name, value) -> {
            String client = List.of("main.consumer.", "producer.", "topic.").stream()
                    .filter(name::startsWith)
                    .findFirst()
                    .orElse("");
            String title = client.isEmpty() ? "streams" : client.substring(0, client.length() - 1);
            used.computeIfAbsent(title, each -> new TreeMap<>()).put(name.substring(client.length()), value);
        });
        return used;
    }
}
