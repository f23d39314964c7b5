/**
 * Reads FHIR's data types: Coding and CodeableConcept, Identifier, Quantity, Period, dateTime, code, id. Each reader
 * reads the elements that are needed and records problems with them in the cursor's problems.
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir.datatype;

import org.jspecify.annotations.NullMarked;
