package io.clinicalstreams.verifier.rule;

import java.time.Duration;

/** A rule of some kind in the topic. */
public interface WrittenRule {

    RuleTerms terms();

    default String id() {
        return terms().id();
    }

    default String version() {
        return terms().version();
    }

    default String title() {
        return terms().title();
    }

    default String source() {
        return terms().source();
    }

    default Duration maxAge() {
        return terms().maxAge();
    }

    default Duration coolDown() {
        return terms().coolDown();
    }
}
