package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.BrokerDefinitions;

/** The brokers' limits for a group's session timeout: outside them no member can join. */
record SessionBounds(Environment where, Problems problems) {

    void check(EffectiveValue session) {
        EffectiveValues values = new EffectiveValues();
        String why = "or the brokers refuse members of the group";
        problems.require(session.atLeast(values.broker(where, BrokerDefinitions.SESSION_AT_LEAST)), why);
        problems.require(session.atMost(values.broker(where, BrokerDefinitions.SESSION_AT_MOST)), why);
    }
}
