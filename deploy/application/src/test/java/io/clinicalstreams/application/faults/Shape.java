package io.clinicalstreams.application.faults;

/** Brokers and instances. Each instance runs both lanes. */
enum Shape {
    /** Three brokers, replication 3, min ISR 2; two instances with two threads a lane; one standby. */
    TWO_INSTANCES(2, "3 brokers, 2 instances x 2 threads, 1 standby"),

    THREE_INSTANCES(3, "3 brokers, 3 instances x 2 threads, 1 standby");

    static final int BROKERS = 3;
    static final int THREADS = 2;

    private final int instances;
    private final String words;

    Shape(int instances, String words) {
        this.instances = instances;
        this.words = words;
    }

    int instances() {
        return instances;
    }

    @Override
    public String toString() {
        return words;
    }
}
