/**
 * Reads FHIR R4 JSON at speed: the bytes of a record in, a {@link io.clinicalstreams.pipeline.fhir.ReadResource} for each of
 * its resources out. The only entry is {@link io.clinicalstreams.pipeline.fhir.ResourceReader}; {@code BundleReader} takes
 * Bundles apart. The packages below do the rest, from the bytes up: {@code json}, {@code datatype}, {@code reference},
 * {@code resource}.
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
 *   <li>the type's rules, in the order of {@link io.clinicalstreams.topics.wire.Reason}
 *   <li>the patient, then references that find nothing, or make an entry {@code TOO_LARGE} when they are resolved
 *   <li>{@code UNEXPECTED}, for an entry that the reader itself fails on
 * </ol>
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
