package io.clinicalstreams.demo.bench;

import java.util.List;

/** A topology that the bench runs: a lane or the bare topology it is compared with. */
enum Contender {
    /** Bytes in, bytes out, with the recording lane's settings. */
    PASS_THROUGH("pass-through", "recording"),
    RECORDING("recording lane", "recording"),
    /** The same at the level {@code full} of validation. */
    RECORDING_FULL("recording lane full", "recording"),
    /** The same with the alerting lane's settings and one put into a store of the same kind per record. */
    STATEFUL_PASS_THROUGH("stateful pass-through", "alerting"),
    ALERTING("alerting lane", "alerting");

    /** The alerting lane runs before the stateful pass-through, which writes as many bytes per put as the lane did. */
    static final List<Contender> RUNNING_ORDER =
            List.of(PASS_THROUGH, RECORDING, RECORDING_FULL, ALERTING, STATEFUL_PASS_THROUGH);

    private final String title;
    private final String lane;

    Contender(String title, String lane) {
        this.title = title;
        this.lane = lane;
    }

    String title() {
        return title;
    }

    /** The lane whose settings it uses. */
    String lane() {
        return lane;
    }

    /** Its name in topic names and JSON. */
    String id() {
        return title.replace(' ', '-');
    }
}
