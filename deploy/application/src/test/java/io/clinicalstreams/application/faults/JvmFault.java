package io.clinicalstreams.application.faults;

import java.time.Instant;

/** Changes Kafka's classes in another process of this machine, by {@link FaultAgent}; the process's end undoes it. */
enum JvmFault {
    CLOCK_TWO_MINUTES_AHEAD("120000,0"),
    SLOW_DISK("0,20");

    private final String arguments;

    JvmFault(String arguments) {
        this.arguments = arguments;
    }

    Instant strike(long pid) {
        LoadedAgent.load(pid, FaultAgent.class, arguments);
        return Instant.now();
    }
}
