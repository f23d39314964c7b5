package io.clinicalstreams.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clinicalstreams.verifier.RunVerdict;
import io.clinicalstreams.verifier.account.Verdict;
import io.clinicalstreams.verifier.alert.AlertCounts;
import io.clinicalstreams.verifier.ledger.LedgerCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path directory;

    private static Report report(Verdict verdict) {
        LedgerCounts alerting = new LedgerCounts(
                5,
                6,
                Map.of(),
                Map.of(
                        "not-evaluated", Map.of("no-rule", 7L),
                        "suppressed", Map.of("cool-down", 3L, "hysteresis", 2L),
                        "alerts", Map.of("raised", 4L, "ended", 9L)));
        return Report.of(
                new RunVerdict(verdict, new AlertCounts(4, 3, 2, 1), List.of(), 0, null, Map.of("alerting", alerting)),
                new Report.Latency(
                        new Report.Percentiles(1.5, 2.0, 3.0, 4.0), new Report.Percentiles(10.0, 20.0, 30.0, 40.0)),
                new Report.Lateness(0.5, 1),
                30.5);
    }

    private static Verdict verdict() {
        return new Verdict(
                6,
                Map.of("clinical.observation.recorded", 3L),
                Map.of("NOT_JSON", 1L),
                Map.of("Patient", 2L),
                1,
                0,
                0,
                0,
                0,
                List.of(),
                List.of(),
                List.of());
    }

    @Test
    void itsJsonHasExactlyTheAgreedNames() throws IOException {
        Path file = directory.resolve("report.json");

        report(verdict()).write(file);

        JsonNode written = new ObjectMapper().readTree(Files.readString(file));
        assertThat(written).isEqualTo(new ObjectMapper().readTree("""
                                {"sent":6,"recorded":{"clinical.observation.recorded":3},"rejected":{"NOT_JSON":1},
                                 "ignored":{"Patient":2},"rekeyed":1,"lost":0,"duplicated":0,
                                 "notEvaluated":{"no-rule":7},
                                 "alerts":{"raised":4,"escalated":3,"resolved":2,"ended":9,"retracted":1,"suppressed":5},
                                 "latencyMillis":{"alert":{"p50":1.5,"p99":2.0,"p999":3.0,"max":4.0},
                                                  "recorded":{"p50":10.0,"p99":20.0,"p999":30.0,"max":40.0}},
                                 "generatorLateMillis":{"p99":0.5,"max":1.0},"seconds":30.5}
                                """));
        assertThat(written.fieldNames())
                .toIterable()
                .containsExactly(
                        "sent",
                        "recorded",
                        "rejected",
                        "ignored",
                        "rekeyed",
                        "lost",
                        "duplicated",
                        "notEvaluated",
                        "alerts",
                        "latencyMillis",
                        "generatorLateMillis",
                        "seconds");
    }
}
