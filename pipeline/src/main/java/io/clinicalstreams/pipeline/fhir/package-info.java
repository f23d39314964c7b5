/**
 * Reads FHIR R4 JSON at speed: bytes in, one {@link io.clinicalstreams.pipeline.fhir.Finding} for each resource out. The
 * only way in is {@link io.clinicalstreams.pipeline.fhir.ResourceReader}.
 *
 * <p>From the bytes up: {@code Utf8} checks the whole value, {@code JsonLexer} finds where a token ends, {@code JsonWalk}
 * walks the structure and holds the bounds, {@code JsonCursor} reads values of the type they should have, one reader for
 * each type takes the elements it needs and knows the type's rules, {@code PatientReferences} says whom it is about,
 * {@code BundleReader} takes Bundles apart.
 *
 * <h2>Which reason, when there are several</h2>
 *
 * <ol>
 *   <li>what ends reading at once: {@code NULL_VALUE}, {@code EMPTY_VALUE}, {@code TOO_LARGE}, {@code INVALID_UTF8},
 *       then {@code NOT_JSON} or {@code NESTING_TOO_DEEP}, whichever comes first in the bytes. They reject a Bundle whole.
 *   <li>{@code NOT_AN_OBJECT}
 *   <li>what is wrong with the JSON of one resource, the first in the bytes: {@code DUPLICATE_KEY}, {@code
 *       NUMBER_OUT_OF_RANGE}, {@code STRING_TOO_LONG}. Any type is held to them, also an ignored one.
 *   <li>of a Bundle {@code TOO_LARGE}, for too many entries, then its type
 *   <li>{@code NESTED_BUNDLE}, {@code MISSING_RESOURCE_TYPE}, {@code UNKNOWN_RESOURCE_TYPE}
 *   <li>what is wrong with an element that is read, the first in the bytes: {@code WRONG_ELEMENT_TYPE}, {@code
 *       INVALID_VALUE}, {@code INVALID_REFERENCE}
 *   <li>the type's rules, in the order of {@link io.clinicalstreams.pipeline.domain.Reason}
 *   <li>the patient, then references that find nothing, or make an entry {@code TOO_LARGE} when they are resolved
 *   <li>{@code UNEXPECTED}, for an entry that the reader itself fails on
 * </ol>
 *
 * <h2>Looks wrong, is right</h2>
 *
 * <ul>
 *   <li><b>A JSON reader of our own, not Jackson's.</b> Stepping over the tokens of an 831-byte Observation, and nothing
 *       else, costs Jackson's streaming parser 0.95 to 1.3 us here, and 4 us in a program where the JIT compiled it worse.
 *       The walk here costs 1.0 us and has then also looked for duplicate names, numbers and lengths out of bounds, and
 *       where each value stands; the whole reading costs 1.6 us ({@code ReaderBenchmark} prints both). As important: each
 *       way to fail has its own reason without looking at an exception's text, which would quote the input; there is no
 *       guess at UTF-16, and no symbol table for hostile names to fill. Tests hold it to Jackson's verdict on mutated JSON.
 *   <li><b>Breaks are remembered, not thrown.</b> The cursor goes to the end of its bytes and every loop over it ends.
 * </ul>
 *
 * <h2>Deliberate differences from HAPI's parser with its strict error handler</h2>
 *
 * It is laxer: only what is read is checked. Elements that are not read may be unknown, of a wrong type or badly
 * formatted; for a Patient, and for all ignored types, nothing but the JSON is checked.
 *
 * <p>Some elements are read only to be checked, and only for so much: an Encounter's {@code statusHistory} for status and
 * period, its {@code location} for one, {@code period} and {@code authoredOn} for their format, a Period for its order
 * where both ends are moments. What is required inside an Encounter's {@code classHistory} and {@code diagnosis}, a
 * MedicationRequest's {@code substitution}, or an Observation's {@code valuePeriod}, {@code valueRatio} and {@code
 * valueSampledData} is not read, hence not missed: no rule and no key depends on it.
 *
 * <p>It is stricter, mostly because HAPI leaves it to the validator:
 *
 * <ul>
 *   <li>bounds: depth, digits and exponent of numbers, length of strings, duplicate keys, bytes that are not UTF-8; bytes
 *       of a value, entries of a Bundle, length of what goes to a key, a state or an alert
 *   <li>the format of the resource's id, and a Period that ends before it starts
 *   <li>required elements and invariants; a required element that is there only as {@code _status} or as {@code {}} is
 *       missing; {@code _} siblings are not read at all
 *   <li>the JSON type is the one FHIR gives: no number or boolean as text, no text as a number, no array for a single
 *       element, no object for a primitive, no null
 *   <li>a time of day has seconds and an offset, an offset is at most 14:00, there is no year 0000, and no blank around a
 *       date or code; {@code issued} is a full instant
 *   <li>the patient, and the format of the references that are read
 *   <li>MedicationKnowledge needs a code, because it is its key
 *   <li>an identifier names a patient only with its system, a search only by one identifier, and a bar stands in no other
 *       reference to a patient
 * </ul>
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir;

import org.jspecify.annotations.NullMarked;
