package io.clinicalstreams.topics.size;

/** A number of partitions below which a topic must not be, and whose doing that is. */
record AtLeast(int partitions, String because) {

    static AtLeast brokers(int brokers) {
        return new AtLeast(brokers, "brokers");
    }

    /** What the topics need together that a lane merges; more than brokers only where that is more. */
    AtLeast orMerged(int needed) {
        return needed > partitions ? new AtLeast(needed, "the topics that a lane merges") : this;
    }

    @Override
    public String toString() {
        return partitions + " (" + because + ')';
    }
}
