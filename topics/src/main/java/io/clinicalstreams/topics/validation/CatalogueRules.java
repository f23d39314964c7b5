package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.problem.Problems;

/** Checks between the parts of a catalogue in one environment. */
public final class CatalogueRules {

    private final Catalogue catalogue;
    private final Problems problems;

    public CatalogueRules(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    public void check() {
        checkReplication(catalogue.where());
        new NameRules(catalogue, problems).check();
        TopicRules topics = new TopicRules(catalogue.where(), problems);
        catalogue.topics().forEach(topics::check);
        LaneRules lanes = new LaneRules(catalogue, problems);
        SinkRules sinks = new SinkRules(problems);
        catalogue.lanes().forEach(lane -> {
            lanes.check(lane);
            sinks.check(lane);
        });
    }

    private void checkReplication(Environment where) {
        String file = CatalogueFiles.fileOf(CatalogueFiles.ENVIRONMENTS, where.name());
        if (where.replication() > where.brokers()) {
            problems.add(file, "replication", "is " + where.replication() + ", more than brokers, " + where.brokers());
        }
        boolean alone = where.replication() == 1 && where.minInsyncReplicas() == 1;
        if (!alone && where.minInsyncReplicas() >= where.replication()) {
            problems.add(
                    file,
                    "min-insync-replicas",
                    "is " + where.minInsyncReplicas() + " at replication " + where.replication()
                            + ": with one broker down, writes would fail; must be less");
        }
    }
}
