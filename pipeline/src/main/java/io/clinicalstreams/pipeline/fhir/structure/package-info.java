/**
 * Checks every element of a resource against FHIR R4, at the level {@code full} of validation: names, types,
 * cardinalities, formats of primitive types, and codes of required bindings. {@code StructureCheck} follows the cursor
 * that reads the resource, so nothing is read twice. {@code StructureTable} loads R4's structures from
 * {@code r4-structures.txt}, which a test generates from HAPI's model and compares: R4 does not change, HAPI stays out
 * of the service, and a change of the table shows in a diff.
 *
 * <p>Whatever it accepts, HAPI's parser with its default error handler parses without an exception.
 */
@NullMarked
package io.clinicalstreams.pipeline.fhir.structure;

import org.jspecify.annotations.NullMarked;
