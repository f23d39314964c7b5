package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.BrokerDefinitions;

/** How long and short the brokers allow a group's session to be: outside it no member gets in. */
record SessionBounds(Environment where, Problems problems) {

    void check(EffectiveValue session) {
        EffectiveValues values = new EffectiveValues();
        String why = "or the brokers let no member into the group";
        problems.require(session.atLeast(values.broker(where, BrokerDefinitions.SESSION_AT_LEAST)), why);
        problems.require(session.atMost(values.broker(where, BrokerDefinitions.SESSION_AT_MOST)), why);
    }
}
