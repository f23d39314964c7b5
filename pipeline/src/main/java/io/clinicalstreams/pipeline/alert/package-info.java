/**
 * Converts the rules' input and output: rules from their records, UCUM units, patient state to bytes, and alerts to
 * FHIR DetectedIssue.
 */
@NullMarked
package io.clinicalstreams.pipeline.alert;

import org.jspecify.annotations.NullMarked;
