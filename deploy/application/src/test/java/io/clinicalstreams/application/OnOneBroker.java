package io.clinicalstreams.application;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Marks test classes that use a {@link TestSystem} on one broker; the build selects them by the tag for a second run. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("broker")
@Tag("one-broker")
@ExtendWith(OneBroker.class)
@interface OnOneBroker {}
