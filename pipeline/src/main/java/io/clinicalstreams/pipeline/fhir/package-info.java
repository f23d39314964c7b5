/**
 * Reads FHIR R4 JSON at high speed: takes a record's bytes and returns a
 * {@link io.clinicalstreams.pipeline.fhir.ReadResource} for each of its resources. The only entry point is
 * {@link io.clinicalstreams.pipeline.fhir.ResourceReader}; {@code BundleReader} splits Bundles. The subpackages do the
 * rest, from the bytes up: {@code json}, {@code datatype}, {@code reference} and, for the level {@code full} of validation,
 * {@code structure}, {@code resource}.
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
 *   <li>at the level {@code full} of validation, any element, the first in the bytes: {@code WRONG_ELEMENT_TYPE},
 *       {@code INVALID_VALUE}, {@code MULTIPLE_CHOICE}, {@code UNKNOWN_ELEMENT}, {@code MISSING_ELEMENT}, and the type of a
 *       contained resource. So {@code full} gives the same reason as {@code routed} for all that {@code routed} rejects.
 *   <li>{@code UNEXPECTED}, if the reader itself fails on an entry
 * </ol>
 *
 * <h2>Deliberate differences from HAPI's parser with its strict error handler</h2>
 *
 * {@code HapiComparison} compares both under fuzzing, and allows these differences and no other.
 *
 * <p>More lenient, because at the level {@code routed} only elements that are read are checked; without the others, HAPI
 * must agree:
 *
 * <ul>
 *   <li>An element that is not read may be unknown, of a wrong type, badly formatted, empty or missing. In a resource of an
 *       ignored type, only the JSON is checked; in a Patient, an element in the wrong format is missing.
 *   <li>Some elements are read only for a limited check: an Encounter's {@code statusHistory} for status and period, its
 *       {@code location} for its location, {@code period} and {@code authoredOn} for their format. Required elements inside
 *       an Encounter's {@code classHistory} and {@code diagnosis}, a MedicationRequest's {@code substitution}, or an
 *       Observation's {@code valuePeriod}, {@code valueRatio} and {@code valueSampledData} may be missing: no rule and no
 *       key depends on them.
 *   <li>Of an element that is read only for its presence, such as a {@code valueCodeableConcept}, {@code valueDateTime} or
 *       {@code dataAbsentReason}, the content is not read. An object with any element but {@code id} is present.
 *   <li>A contained resource is only the target of a reference. Its type matters if it is the subject.
 *   <li>Control characters are allowed in a text. HAPI trims them off a code.
 *   <li>A text of blanks is a text. HAPI keeps it, and treats it as missing.
 * </ul>
 *
 * <p>Stricter, mostly where HAPI relies on the validator:
 *
 * <ul>
 *   <li>limits: depth, digits and exponent of numbers, length of strings other than base64 and XHTML, duplicate keys, bytes
 *       that are not UTF-8; bytes of a value, entries of a Bundle, components and codings of an Observation, length of texts
 *       that become part of a key, state or alert
 *   <li>the JSON type is FHIR's: no number or boolean as text, no text as a number, no array for a single element, no
 *       object for a primitive, no null except in an array of primitive values
 *   <li>the format of ids, codes, dates, integers and comparators is that of FHIR's regular expressions: a time of day has
 *       seconds and an offset, an offset is at most 14:00, there is no year 0000 and no whitespace around a date or code;
 *       {@code issued} is a full instant. No text is empty, and no Period ends before it starts.
 *   <li>required elements and invariants; a required element present only as {@code _status} or as {@code {}} is
 *       missing; {@code _} siblings are not read, except the {@code _event} of a Timing and the {@code _text} of a
 *       reference range
 *   <li>the patient, and the format of the references that are read; every reference to a contained resource has a target
 *   <li>MedicationKnowledge must have a code, because it is the key
 *   <li>an identifier names a patient only with its system, a search only by one identifier, and no other reference to
 *       a patient contains a bar; an identifier is used beside a reference that leads nowhere
 * </ul>
 *
 * <p>Read differently:
 *
 * <ul>
 *   <li>A time has nanoseconds, and is in the Gregorian calendar as in ISO 8601. HAPI keeps milliseconds, and takes a
 *       time before 1582 for a Julian one.
 *   <li>A number is kept as written. HAPI writes out its exponent.
 * </ul>
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir;

import org.jspecify.annotations.NullMarked;
