package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a scrape contains: the sum of each metric's series, by name.
 */
record ScrapedMetrics(Map<String, Double> sums) {

    static final Set<String> OF_THE_NODE_EXPORTER = Set.of("node_filesystem_avail_bytes", "node_filesystem_size_bytes");

    static final Set<String> OF_BROKERS = Set.of(
            "java_lang_operatingsystem_cpuload",
            "jvm_gc_collection_seconds_sum",
            "kafka_controller_kafkacontroller_activecontrollercount",
            "kafka_controller_kafkacontroller_offlinepartitionscount",
            "kafka_log_log_size",
            "kafka_log_logmanager_offlinelogdirectorycount",
            "kafka_network_requestmetrics_totaltimems",
            "kafka_network_socketserver_networkprocessoravgidlepercent",
            "kafka_server_brokertopicmetrics_bytesin_total",
            "kafka_server_brokertopicmetrics_bytesout_total",
            "kafka_server_brokertopicmetrics_failedproducerequests_total",
            "kafka_server_brokertopicmetrics_messagesin_total",
            "kafka_server_kafkarequesthandlerpool_requesthandleravgidlepercent",
            "kafka_server_replicamanager_isrshrinks_total",
            "kafka_server_replicamanager_leadercount",
            "kafka_server_replicamanager_underminisrpartitioncount",
            "kafka_server_replicamanager_underreplicatedpartitions");

    static final Set<String> OF_THE_SERVICE = Set.of(
            "clinical_alert_latency_seconds_bucket",
            "clinical_alert_latency_seconds_count",
            "clinical_alert_rules",
            "clinical_alert_rules_unreadable",
            "clinical_alert_rules_up_to_date",
            "clinical_alerts_total",
            "clinical_lane_aborts_at_offset",
            "clinical_lane_lag_seconds",
            "clinical_lane_paused",
            "clinical_lane_stuck_after_seconds",
            "clinical_lane_stuck_seconds",
            "clinical_lane_unread_partitions",
            "clinical_lane_unwatched",
            "clinical_observations_evaluated_total",
            "clinical_readings_not_evaluated_total",
            "clinical_resources_ignored_total",
            "clinical_resources_recorded_total",
            "clinical_resources_rejected_total",
            "clinical_resources_rekeyed_total",
            "clinical_ticks_total",
            "disk_free_bytes",
            "disk_total_bytes",
            "jvm_gc_pause_seconds_max",
            "jvm_gc_pause_seconds_sum",
            "jvm_memory_max_bytes",
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "kafka_consumer_coordinator_rebalance_total",
            "kafka_consumer_fetch_manager_fetch_latency_avg",
            "kafka_consumer_fetch_manager_records_consumed_total",
            "kafka_consumer_fetch_manager_records_lag_max",
            "kafka_consumer_last_poll_seconds_ago",
            "kafka_producer_batch_size_avg",
            "kafka_producer_buffer_available_bytes",
            "kafka_producer_compression_rate_avg",
            "kafka_producer_record_error_total",
            "kafka_producer_record_retry_total",
            "kafka_producer_record_send_total",
            "kafka_producer_request_latency_avg",
            "kafka_producer_request_latency_max",
            "kafka_producer_txn_commit_time_ns_total",
            "kafka_stream_alive_stream_threads",
            "kafka_stream_client_state",
            "kafka_stream_failed_stream_threads_total",
            "kafka_stream_state_updater_active_restoring_tasks",
            "kafka_stream_state_updater_restore_records_rate",
            "kafka_stream_state_updater_standby_updating_tasks",
            "kafka_stream_task_dropped_records_total",
            "kafka_stream_thread_commit_latency_avg",
            "kafka_stream_thread_commit_latency_max",
            "kafka_stream_thread_commit_ratio",
            "kafka_stream_thread_commit_total",
            "kafka_stream_thread_poll_ratio",
            "kafka_stream_thread_process_ratio",
            "kafka_stream_thread_process_total",
            "kafka_stream_thread_punctuate_ratio",
            "process_cpu_usage",
            "system_cpu_usage");

    /** Counters that move when something is wrong; a tick needs a rule of kind silence. */
    private static final Set<String> STILL = Set.of(
            "clinical_ticks_total",
            "kafka_producer_record_error_total",
            "kafka_producer_record_retry_total",
            "kafka_server_brokertopicmetrics_failedproducerequests_total",
            "kafka_server_replicamanager_isrshrinks_total",
            "kafka_stream_failed_stream_threads_total",
            "kafka_stream_task_dropped_records_total",
            // A rebalance happens before, and the collector may have nothing to do.
            "kafka_consumer_coordinator_rebalance_total",
            "jvm_gc_pause_seconds_sum",
            "jvm_gc_collection_seconds_sum");

    /** @param text in Prometheus' text format */
    static ScrapedMetrics of(String text) {
        return new ScrapedMetrics(text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .collect(Collectors.toMap(ScrapedMetrics::name, ScrapedMetrics::value, Double::sum, TreeMap::new)));
    }

    private static String name(String line) {
        return line.split("[{ ]", 2)[0];
    }

    /** Not a number is a metric without a value yet. */
    private static double value(String line) {
        double value =
                Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1).replace("Inf", "Infinity"));
        return Double.isFinite(value) ? value : 0;
    }

    Set<String> missing(Set<String> names) {
        Set<String> missing = new TreeSet<>(names);
        missing.removeAll(sums.keySet());
        return missing;
    }

    /** Every counter of these has counted since the earlier scrape. */
    void assertMovedSince(ScrapedMetrics before, Set<String> names) {
        assertThat(names)
                .filteredOn(
                        name -> Stream.of("_total", "_count", "_sum", "_bucket").anyMatch(name::endsWith))
                .filteredOn(name -> !STILL.contains(name))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(sums.getOrDefault(name, 0.0))
                        .as(name)
                        .isGreaterThan(before.sums.getOrDefault(name, 0.0)));
    }
}
