package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Catalogue;
import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.file.CatalogueFiles;
import io.clinicalstreams.topics.problem.Problems;

/** Checks between the parts of a catalogue in one environment. */
public record CatalogueRules(Catalogue catalogue, Problems problems) {

    public void check() {
        checkReplication(catalogue.where());
        new NameRules(catalogue, problems).check();
        ClientRules clients = new ClientRules(catalogue.where(), problems);
        TopicRules topics = new TopicRules(clients, problems);
        catalogue.topics().forEach(topics::check);
        LaneRules lanes = new LaneRules(catalogue, clients, problems);
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
