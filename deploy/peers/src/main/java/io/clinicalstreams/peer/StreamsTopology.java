package io.clinicalstreams.peer;

/** A topology that {@link StreamsPeer} runs: a lane or the bare topology it is compared with. */
public enum StreamsTopology {
    /** Bytes in, bytes out, with the recording lane's settings. */
    PASS_THROUGH("pass-through", "recording"),
    RECORDING("recording lane", "recording"),
    /** The same at the level {@code full} of validation. */
    RECORDING_FULL("recording lane full", "recording"),
    /** The same with the alerting lane's settings and one put into a store of the same kind per record. */
    STATEFUL_PASS_THROUGH("stateful pass-through", "alerting"),
    ALERTING("alerting lane", "alerting");

    private final String title;
    private final String lane;

    StreamsTopology(String title, String lane) {
        this.title = title;
        this.lane = lane;
    }

    /** For people. */
    public String title() {
        return title;
    }

    /** The lane whose settings it uses. */
    public String lane() {
        return lane;
    }
}
