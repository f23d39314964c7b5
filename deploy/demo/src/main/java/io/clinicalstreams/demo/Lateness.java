package io.clinicalstreams.demo;

/** How far the generator was behind its schedule, in milliseconds. */
public record Lateness(double p99, double max) {

    public static final Lateness NONE = new Lateness(0, 0);
}
