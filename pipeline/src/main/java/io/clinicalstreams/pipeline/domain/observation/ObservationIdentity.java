package io.clinicalstreams.pipeline.domain.observation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The identity of an Observation: its resource id, on another hospital's server its full URL; else its first
 * identifier, else its coordinates in the input.
 *
 * @param text the id or URL, {@code system|value}, coordinates, or {@code Encounter/ID}
 */
public record ObservationIdentity(Kind kind, String text) {

    public enum Kind {
        ID,
        IDENTIFIER,
        COORDINATES,
        URL,
        /** Not an Observation: the Encounter of a patient of whom nothing was measured. */
        ENCOUNTER
    }

    /** The first 8 bytes of its SHA-256. */
    public long digest() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest((kind.name() + ' ' + text).getBytes(UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException("SHA-256 is missing", everyJvmHasIt);
        }
    }

    /** @param coordinates where the input was first read: its identity if it has no other */
    public static ObservationIdentity of(Observation observation, String coordinates) {
        if (observation.id() != null) {
            boolean isUrl = observation.id().indexOf('/') >= 0;
            return new ObservationIdentity(isUrl ? Kind.URL : Kind.ID, observation.id());
        }
        return observation.identifier() != null
                ? new ObservationIdentity(Kind.IDENTIFIER, observation.identifier())
                : new ObservationIdentity(Kind.COORDINATES, coordinates);
    }

    /** Hides the identity: this may end up in a log. */
    @Override
    public String toString() {
        return "ObservationIdentity[hidden]";
    }
}
