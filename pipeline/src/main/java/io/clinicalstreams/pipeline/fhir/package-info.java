/**
 * Reads FHIR R4 JSON at high speed: takes a record's bytes and returns a
 * {@link io.clinicalstreams.pipeline.fhir.ReadResource} for each of its resources. The only entry point is
 * {@link io.clinicalstreams.pipeline.fhir.ResourceReader}; {@code BundleReader} splits Bundles. The subpackages do the
 * rest, from the bytes up: {@code json}, {@code datatype}, {@code reference}, {@code resource}.
 *
 * <h2>Order of reasons, if there are several</h2>
 *
 * <ol>
 *   <li>reasons that stop reading: {@code NULL_VALUE}, {@code EMPTY_VALUE}, {@code TOO_LARGE}, {@code INVALID_UTF8},
 *       then {@code NOT_JSON} or {@code NESTING_TOO_DEEP}, whichever comes first in the bytes. They reject the whole
 *       Bundle.
 *   <li>{@code NOT_AN_OBJECT}
 *   <li>problems with the JSON of one resource, the first in the bytes: {@code DUPLICATE_KEY},
 *       {@code NUMBER_OUT_OF_RANGE}, {@code STRING_TOO_LONG}. They apply to all types, including ignored ones.
 *   <li>for a Bundle, {@code TOO_LARGE} for too many entries, then its type
 *   <li>{@code NESTED_BUNDLE}, {@code MISSING_RESOURCE_TYPE}, {@code UNKNOWN_RESOURCE_TYPE}
 *   <li>problems with an element that is read, the first in the bytes: {@code WRONG_ELEMENT_TYPE},
 *       {@code INVALID_VALUE}, {@code INVALID_REFERENCE}
 *   <li>{@code TOO_MANY_REPETITIONS}, which leaves components beyond the limit unread
 *   <li>the type's rules, in the order of {@link io.clinicalstreams.topics.wire.Reason}
 *   <li>the patient, then references without a target, or that make an entry {@code TOO_LARGE} when resolved
 *   <li>{@code UNEXPECTED}, if the reader itself fails on an entry
 * </ol>
 *
 * <h2>Deliberate differences from HAPI's parser with its strict error handler</h2>
 *
 * It is more lenient: only elements that are read are checked. Elements that are not read may be unknown, of a wrong
 * type or badly formatted; for a Patient and all ignored types, only the JSON is checked.
 *
 * <p>Some elements are read only for a limited check: an Encounter's {@code statusHistory} for status and period, its
 * {@code location} for its location, {@code period} and {@code authoredOn} for their format, a Period for its order if
 * both ends are instants. Required elements inside an Encounter's {@code classHistory} and {@code diagnosis}, a
 * MedicationRequest's {@code substitution}, or an Observation's {@code valuePeriod}, {@code valueRatio} and
 * {@code valueSampledData} are not read and may be missing: no rule and no key depends on them.
 *
 * <p>It is stricter, mostly where HAPI relies on the validator:
 *
 * <ul>
 *   <li>limits: depth, digits and exponent of numbers, length of strings, duplicate keys, bytes that are not UTF-8;
 *       bytes of a value, entries of a Bundle, components and codings of an Observation, length of texts that become part of a key, state or alert
 *   <li>the format of the resource's id, and a Period that ends before it starts
 *   <li>required elements and invariants; a required element present only as {@code _status} or as {@code {}} is
 *       missing; {@code _} siblings are not read
 *   <li>the JSON type is FHIR's: no number or boolean as text, no text as a number, no array for a single element, no
 *       object for a primitive, no null
 *   <li>a time of day has seconds and an offset, an offset is at most 14:00, there is no year 0000 and no whitespace
 *       around a date or code; {@code issued} is a full instant
 *   <li>the patient, and the format of the references that are read
 *   <li>MedicationKnowledge must have a code, because it is the key
 *   <li>an identifier names a patient only with its system, a search only by one identifier, and no other reference to
 *       a patient contains a bar
 * </ul>
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir;

import org.jspecify.annotations.NullMarked;
