/**
 * What surrounds the rules on their way in and out: rules from the wire, units by UCUM, the patient's state as bytes and
 * the alert as FHIR DetectedIssue.
 */
@NullMarked
package io.clinicalstreams.pipeline.alert;

import org.jspecify.annotations.NullMarked;
