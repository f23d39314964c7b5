package io.clinicalstreams.pipeline.runtime;

import static io.clinicalstreams.topics.problem.Checks.requirePositive;

import io.clinicalstreams.pipeline.runtime.SettingLayers.Given;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.Spelling;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * The service's own settings; settings of topics and their clients come from the catalogue.
 *
 * @param environment of the catalogue: development, staging, production
 * @param catalogueDirectory a custom catalogue instead of the built-in one
 * @param lanes the lanes to run in this process
 * @param instanceId the same across restarts and unique among instances: static membership, so that a restart does not
 *     rebalance and a zombie is fenced
 * @param stateDirectory for local state; must survive a restart
 * @param httpAddress address that metrics and health are bound to
 * @param httpPort for metrics and health; 0 selects a free one
 * @param perPartitionMetrics whether {@code /metrics} includes the series of each partition and its task, thousands
 * @param keepEndedAlerts how long an ended alert stays in the current alerts
 * @param alertingPatients how many patients' states the heap must have room for
 * @param threadReplacements how many failed stream threads to replace within {@code threadReplacementWindow}
 * @param inputAttempts how often to begin input at one offset that is never committed
 * @param stopTimeout how long a graceful stop may take
 * @param acceptExpiredInput start although input expired unread
 * @param kafka connection and security settings, by Kafka's names; may also override the catalogue's settings, for
 *     experiments
 */
public record PipelineConfig(
        String bootstrapServers,
        String environment,
        @Nullable Path catalogueDirectory,
        Set<String> lanes,
        String instanceId,
        Path stateDirectory,
        String httpAddress,
        int httpPort,
        boolean perPartitionMetrics,
        Duration keepEndedAlerts,
        int alertingPatients,
        int threadReplacements,
        Duration threadReplacementWindow,
        int inputAttempts,
        Duration stopTimeout,
        boolean acceptExpiredInput,
        Map<String, String> kafka) {

    public static final String ALL_LANES = "all";
    private static final Set<String> LANES = Set.of("recording", "alerting");
    static final String KAFKA = "kafka.";

    /** The problem with any setting under {@code fhir}. */
    static final String BELONGS_IN_CATALOGUE =
            "is not a setting of the service; all lanes share it, so set it in the catalogue, under fhir: in"
                    + " environments/NAME.yaml";

    /** Metrics and health have no authentication, so exposing them on the network must be a decision. */
    private static final String DEFAULT_HTTP_ADDRESS = "127.0.0.1";

    /** Valid as a folder name and, followed by a lane's name, as a {@code group.instance.id}. */
    private static final Pattern INSTANCE_ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,200}");

    /** All settings except Kafka's own. */
    static final List<String> PATHS = List.of(
            "bootstrap-servers",
            "environment",
            "catalogue",
            "lanes",
            "instance-id",
            "state-directory",
            "http-address",
            "http-port",
            "metrics.per-partition",
            "alerting.keep-ended-alerts",
            "alerting.patients",
            "threads.replacements",
            "threads.within",
            "input.attempts",
            "stop-timeout",
            "accept-expired-input");

    /**
     * Two days: staff coming on shift see the alerts that ended since their last shift. It is longer than any rule's
     * max-age, so that a result sent again after its alert was forgotten is stale. If it is shorter than a max-age, the
     * max-age applies.
     */
    public static final String DEFAULT_KEEP_ENDED_ALERTS = "PT48H";

    /** As for {@code topics size}: the patients of a region, of whom an instance may have to keep all. */
    private static final String DEFAULT_PATIENTS = "100000";

    /** A thread occasionally fails because of a transient broker fault; more failures than this are not transient. */
    private static final String DEFAULT_REPLACEMENTS = "5";

    private static final String DEFAULT_REPLACEMENT_WINDOW = "PT10M";

    /**
     * An aborted transaction writes what fits into its timeout, and readers skip it until retention: some 450 MB when
     * measured at 10 s.
     */
    private static final String DEFAULT_INPUT_ATTEMPTS = "5";

    /** Below the ten seconds that are promised and that container platforms usually allow. */
    private static final String DEFAULT_STOP_TIMEOUT = "PT8S";

    public PipelineConfig {
        lanes = Set.copyOf(lanes);
        kafka = Map.copyOf(kafka);
    }

    /** @throws CatalogueException with all problems */
    public static PipelineConfig of(SettingLayers layers) {
        Reading reading = new Reading(layers.values());
        PipelineConfig config = new PipelineConfig(
                reading.text("bootstrap-servers", null),
                reading.text("environment", "development"),
                reading.optionalPath("catalogue"),
                reading.lanes(),
                reading.instanceId("instance-id", hostName()),
                Path.of(reading.text("state-directory", ".clinical-streams/state")),
                reading.text("http-address", DEFAULT_HTTP_ADDRESS),
                reading.number("http-port", "8080", 0, 65_535),
                reading.bool("metrics.per-partition"),
                reading.positive("alerting.keep-ended-alerts", DEFAULT_KEEP_ENDED_ALERTS),
                reading.number("alerting.patients", DEFAULT_PATIENTS, 1, Integer.MAX_VALUE),
                reading.number("threads.replacements", DEFAULT_REPLACEMENTS, 0, 1_000),
                reading.positive("threads.within", DEFAULT_REPLACEMENT_WINDOW),
                reading.number("input.attempts", DEFAULT_INPUT_ATTEMPTS, 1, 1_000),
                reading.positive("stop-timeout", DEFAULT_STOP_TIMEOUT),
                reading.bool("accept-expired-input"),
                reading.kafka());
        reading.problems.refuse();
        return config;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return "instance-1";
        }
    }

    /** Reads values one by one and collects their problems. */
    private record Reading(Map<String, Given> values, Problems problems) {

        Reading(Map<String, Given> values) {
            this(values, new Problems());
            for (String path : values.keySet()) {
                if (path.startsWith("fhir.")) {
                    wrong(path, BELONGS_IN_CATALOGUE);
                } else if (!PATHS.contains(path) && !path.startsWith(KAFKA)) {
                    wrong(path, "unknown setting" + Spelling.suggestion(path, PATHS));
                }
            }
        }

        void wrong(String path, String message) {
            problems.add(where(path), path, message);
        }

        String where(String path) {
            Given given = values.get(path);
            return given == null ? "settings" : given.where();
        }

        String given(String path, String fallback) {
            Given given = values.get(path);
            return given == null ? fallback : given.value().trim();
        }

        String text(String path, @Nullable String fallback) {
            String value = given(path, fallback == null ? "" : fallback);
            if (value.isEmpty()) {
                wrong(path, "is required");
            }
            return value.isEmpty() ? "?" : value;
        }

        String instanceId(String path, String fallback) {
            String value = text(path, fallback);
            if (!given(path, fallback).isEmpty() && !INSTANCE_ID.matcher(value).matches()) {
                wrong(path, "must be 1 to 200 letters, digits, '.', '_' or '-', and not . or .., was " + value);
            }
            return value;
        }

        @Nullable
        Path optionalPath(String path) {
            String value = given(path, "");
            return value.isEmpty() ? null : Path.of(value);
        }

        Set<String> list(String path) {
            Set<String> items = new LinkedHashSet<>();
            for (String item : given(path, "").split(",", -1)) {
                if (!item.isBlank()) {
                    items.add(item.trim());
                }
            }
            return items;
        }

        Set<String> lanes() {
            Set<String> chosen = list("lanes");
            if (chosen.isEmpty() || chosen.contains(ALL_LANES)) {
                return LANES;
            }
            for (String lane : chosen) {
                if (!LANES.contains(lane)) {
                    wrong("lanes", "must be recording, alerting or all, was " + lane);
                }
            }
            return chosen;
        }

        /** Digits may be grouped with underscores, as in YAML. */
        int number(String path, String fallback, int least, int most) {
            String value = given(path, fallback);
            try {
                int number = Integer.parseInt(value.replaceAll("(?<=\\d)_(?=\\d)", ""));
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                // Reported below, with the path.
            }
            wrong(path, "must be a whole number from %d to %d, was %s".formatted(least, most, value));
            return least;
        }

        Duration positive(String path, String fallback) {
            String value = given(path, fallback);
            try {
                Duration duration = Duration.parse(value);
                requirePositive(path, duration);
                return duration;
            } catch (IllegalArgumentException tooShort) {
                problems.add(where(path), "", tooShort);
            } catch (DateTimeParseException notADuration) {
                wrong(path, "must be a duration such as PT10S or P1D, was " + value);
            }
            return Duration.parse(fallback);
        }

        /** Also accepts YAML's other words. */
        boolean bool(String path) {
            String value = given(path, "false");
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> {
                    wrong(path, "must be true or false, was " + value);
                    yield false;
                }
            };
        }

        /**
         * Settings under {@code kafka.}, checked against Kafka's definitions; never shown, because they contain
         * passwords.
         */
        Map<String, String> kafka() {
            Map<String, String> kafka = new TreeMap<>();
            values.forEach((path, value) -> {
                if (path.startsWith(KAFKA)) {
                    kafka.put(path.substring(KAFKA.length()), value.value());
                }
            });
            // A file shared with other tools may contain it; the separate setting applies.
            kafka.remove(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG);
            kafka.forEach((name, value) -> {
                String problem = KafkaSettings.problem(name, value);
                if (problem != null) {
                    wrong(KAFKA + name, problem);
                }
            });
            return kafka;
        }
    }
}
