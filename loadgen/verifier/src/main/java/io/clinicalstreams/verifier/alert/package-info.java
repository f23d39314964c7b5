/**
 * Alerts judged from outside: their final forms, the promise that each stands once, and a naive oracle of which are
 * due.
 */
@NullMarked
package io.clinicalstreams.verifier.alert;

import org.jspecify.annotations.NullMarked;
