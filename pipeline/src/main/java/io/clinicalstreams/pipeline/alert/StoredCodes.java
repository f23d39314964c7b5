package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Interval.Bound;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity.Kind;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The codes of constants in a stored patient state. A code is never changed or reused, because changelogs contain it. A
 * constant without a code does not compile.
 */
final class StoredCodes {

    private static final Map<Integer, Severity> SEVERITIES = byCode(Severity.values(), StoredCodes::of);
    private static final Map<Integer, Transition> TRANSITIONS = byCode(Transition.values(), StoredCodes::of);
    private static final Map<Integer, Bound> BOUNDS = byCode(Bound.values(), StoredCodes::of);
    private static final Map<Integer, Kind> KINDS = byCode(Kind.values(), StoredCodes::of);

    private StoredCodes() {}

    /** 4 bits. */
    static int of(Severity severity) {
        return switch (severity) {
            case LOW -> 0;
            case MODERATE -> 1;
            case HIGH -> 2;
        };
    }

    /** 4 bits. */
    static int of(Transition transition) {
        return switch (transition) {
            case RAISED -> 0;
            case ESCALATED -> 1;
            case LOWERED -> 2;
            case REPEATED -> 3;
            case CONFIRMED -> 4;
            case RESOLVED -> 5;
            case REOPENED -> 6;
            case REVISED -> 7;
            case RETRACTED -> 8;
            case RECURRED -> 9;
            case ENDED -> 10;
        };
    }

    /** 3 bits. */
    static int of(Bound bound) {
        return switch (bound) {
            case EXACTLY -> 0;
            case BELOW -> 1;
            case AT_MOST -> 2;
            case AT_LEAST -> 3;
            case ABOVE -> 4;
            case UNKNOWN -> 5;
        };
    }

    /** 4 bits. */
    static int of(Kind identity) {
        return switch (identity) {
            case ID -> 0;
            case IDENTIFIER -> 1;
            case COORDINATES -> 2;
            case URL -> 3;
        };
    }

    static Severity severity(int code) {
        return read(SEVERITIES, code);
    }

    static Transition transition(int code) {
        return read(TRANSITIONS, code);
    }

    static Bound bound(int code) {
        return read(BOUNDS, code);
    }

    static Kind identity(int code) {
        return read(KINDS, code);
    }

    private static <T> T read(Map<Integer, T> constants, int code) {
        T constant = constants.get(code);
        if (constant == null) {
            throw StateInput.damaged();
        }
        return constant;
    }

    /** Fails if two constants have the same code. */
    private static <T> Map<Integer, T> byCode(T[] constants, Function<T, Integer> code) {
        return Arrays.stream(constants).collect(Collectors.toUnmodifiableMap(code, Function.identity()));
    }
}
