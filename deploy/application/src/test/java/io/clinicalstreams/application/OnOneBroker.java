package io.clinicalstreams.application;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** A class of tests that take a {@link World} on one broker; the tag is how the build finds them for a second run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("broker")
@Tag("one-broker")
@ExtendWith(OneBroker.class)
@interface OnOneBroker {}
