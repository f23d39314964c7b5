/**
 * Alerts judged from outside: their final forms, the guarantee that each is generated once, and a naive oracle of those
 * that are due.
 */
@NullMarked
package io.clinicalstreams.verifier.alert;

import org.jspecify.annotations.NullMarked;
