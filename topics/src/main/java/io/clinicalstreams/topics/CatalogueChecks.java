package io.clinicalstreams.topics;

/** What must hold between the parts of a catalogue in one environment, beyond what each part says for itself. */
final class CatalogueChecks {

    private final Catalogue catalogue;
    private final Problems problems;

    CatalogueChecks(Catalogue catalogue, Problems problems) {
        this.catalogue = catalogue;
        this.problems = problems;
    }

    void check() {
        checkReplication(catalogue.where());
        new NameChecks(catalogue, problems).check();
        TopicChecks topics = new TopicChecks(catalogue.where(), problems);
        catalogue.topics().forEach(topics::check);
        LaneChecks lanes = new LaneChecks(catalogue, problems);
        SinkChecks sinks = new SinkChecks(problems);
        catalogue.lanes().forEach(lane -> {
            lanes.check(lane);
            sinks.check(lane);
        });
    }

    private void checkReplication(Environment where) {
        String file = CatalogueReading.fileOf(CatalogueReading.ENVIRONMENTS, where.name());
        if (where.replication() > where.brokers()) {
            problems.add(file, "replication", "is " + where.replication() + ", more than brokers, " + where.brokers());
        }
        boolean alone = where.replication() == 1 && where.minInsyncReplicas() == 1;
        if (!alone && where.minInsyncReplicas() >= where.replication()) {
            problems.add(
                    file,
                    "min-insync-replicas",
                    "is " + where.minInsyncReplicas() + " of replication " + where.replication()
                            + ": with one broker down nothing could be written; must be less");
        }
    }
}
