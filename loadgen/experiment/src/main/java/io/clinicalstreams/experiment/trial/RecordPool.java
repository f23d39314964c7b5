package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.experiment.TrialLoad;
import io.clinicalstreams.loadgen.generate.Generator;
import io.clinicalstreams.loadgen.send.Outgoing;
import io.clinicalstreams.loadgen.send.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Records that were generated before a trial and are sent again and again, so that generating them costs the trial
 * nothing. There are so many of them that no batch has a record twice, and the same in each trial.
 */
final class RecordPool implements Source {

    private static final int MOST = 16_384;
    private static final int MOST_BYTES = 64 << 20;

    /** Of all trials: contents differ with their times. */
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");

    private final List<Outgoing> records;
    private int next;

    private RecordPool(List<Outgoing> records) {
        this.records = records;
    }

    /** The records of a load's scenario. */
    static RecordPool of(TrialLoad load, int partitions) {
        Generator generator = new Generator(load.toScenario(), partitions);
        List<Outgoing> records = new ArrayList<>();
        long size = 0;
        while (records.size() < MOST && size < MOST_BYTES) {
            Outgoing record = generator.next(START.plusMillis(records.size())).outgoing();
            records.add(record);
            size += record.size();
        }
        return new RecordPool(records);
    }

    @Override
    public Outgoing next() {
        Outgoing record = records.get(next);
        next = next + 1 == records.size() ? 0 : next + 1;
        return record;
    }
}
