package io.clinicalstreams.pipeline.alert;

import io.clinicalstreams.pipeline.domain.episode.Severity;
import io.clinicalstreams.pipeline.domain.episode.Transition;
import io.clinicalstreams.pipeline.domain.observation.Coding;
import io.clinicalstreams.pipeline.domain.observation.Interval.Bound;
import io.clinicalstreams.pipeline.domain.observation.ObservationIdentity.Kind;
import io.clinicalstreams.pipeline.domain.observation.ObservationStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The codes of constants in a stored patient state. A code is never changed or reused, because changelogs contain it. A
 * constant without a code does not compile.
 */
final class StoredCodes {

    private static final Map<Integer, Severity> SEVERITIES = byCode(Severity.values(), StoredCodes::of);
    private static final Map<Integer, Transition> TRANSITIONS = byCode(Transition.values(), StoredCodes::of);
    private static final Map<Integer, Bound> BOUNDS = byCode(Bound.values(), StoredCodes::of);
    private static final Map<Integer, Kind> KINDS = byCode(Kind.values(), StoredCodes::of);

    private static final Map<Integer, ObservationStatus> STATUSES = byCode(ObservationStatus.values(), StoredCodes::of);

    /** Texts that most readings have, and the codes of the built-in rules. Their positions are stored: add at the end. */
    static final List<String> WORDS = List.of(
            "http://loinc.org",
            "mmol/L",
            "mg/dL",
            "g/dL",
            "10*9/L",
            "10*3/uL",
            "umol/L",
            "meq/L",
            "%",
            "/min",
            "mm[Hg]",
            "Cel",
            "[degF]",
            "ng/mL",
            "nmol/L",
            "{INR}",
            "1",
            "[pH]",
            "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation",
            "N",
            "H",
            "L",
            "HH",
            "LL",
            "A",
            "AA",
            "2823-3",
            "6298-4",
            "32713-0",
            "39789-3",
            "2951-2",
            "2947-0",
            "2345-7",
            "2339-0",
            "14749-6",
            "15074-8",
            "718-7",
            "20509-6",
            "777-3",
            "26515-7",
            "6690-2",
            "26464-8",
            "751-8",
            "26499-4",
            "753-4",
            "6301-6",
            "34714-6",
            "2524-7",
            "32693-4",
            "17861-6",
            "49765-1",
            "2000-8",
            "1995-0",
            "1994-3",
            "19123-9",
            "2601-3",
            "2777-1",
            "14879-1",
            "2160-0",
            "38483-4",
            "14682-9",
            "3094-0",
            "6299-2",
            "22664-7",
            "2028-9",
            "1960-4",
            "10535-3",
            "14698-5",
            "14334-7",
            "2744-1");

    private static final Map<String, Integer> POSITIONS = IntStream.range(0, WORDS.size())
            .boxed()
            .collect(Collectors.toUnmodifiableMap(WORDS::get, Function.identity()));

    /** The codings of most analytes, in the order of the words, each list once. */
    private static final List<List<Coding>> LOINC =
            WORDS.stream().map(code -> List.of(new Coding(Coding.LOINC, code))).toList();

    private StoredCodes() {}

    /** The codings of an analyte with one code, a word, of LOINC. */
    static List<Coding> loinc(int word) {
        return LOINC.get(word);
    }

    /** Its position among the words; -1 if it is none. */
    static int positionOf(String text) {
        return POSITIONS.getOrDefault(text, -1);
    }

    /** 3 bits. */
    static int of(ObservationStatus status) {
        return switch (status) {
            case FINAL -> 0;
            case PRELIMINARY -> 1;
            case AMENDED -> 2;
            case CORRECTED -> 3;
            case CANCELLED -> 4;
            case ENTERED_IN_ERROR -> 5;
            case REGISTERED -> 6;
            case UNKNOWN -> 7;
        };
    }

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
            case MOVED -> 11;
            case CONTINUED -> 12;
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
            case ENCOUNTER -> 4;
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

    static ObservationStatus status(int code) {
        return read(STATUSES, code);
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
