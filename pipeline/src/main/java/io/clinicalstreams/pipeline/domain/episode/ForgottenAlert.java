package io.clinicalstreams.pipeline.domain.episode;

/**
 * What is kept of an alert after its episode is forgotten: enough to continue its version numbers if its Observation
 * arrives again.
 *
 * @param digest the first 8 bytes of the alert's id, which is a hash itself
 * @param version the last one
 */
public record ForgottenAlert(long digest, int version) {

    private static final int HEXADECIMAL = 16;
    private static final int DIGITS = 16;

    static ForgottenAlert of(Episode episode) {
        return new ForgottenAlert(digest(episode.alertId()), episode.version());
    }

    boolean is(String alertId) {
        return digest == digest(alertId);
    }

    private static long digest(String alertId) {
        return Long.parseUnsignedLong(alertId, 0, DIGITS, HEXADECIMAL);
    }
}
