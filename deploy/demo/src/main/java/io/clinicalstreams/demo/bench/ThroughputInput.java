package io.clinicalstreams.demo.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The input that all topologies of a bench processed.
 *
 * @param recordBytes average bytes of key and value
 * @param alerts transitions that the alerting lane wrote in one run
 * @param state size of the alerting lane's changelog in one run
 */
record ThroughputInput(long records, double recordBytes, int partitions, long alerts, StateSize state) {

    double putsPerRecord() {
        return (double) state.puts() / records;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("records", records);
        json.put("recordBytes", recordBytes);
        json.put("partitions", partitions);
        json.put("alerts", alerts);
        json.put("stateBytesPerPut", state.bytesPerPut());
        json.put("statePutsPerRecord", putsPerRecord());
        return json;
    }
}
