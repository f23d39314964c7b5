package io.clinicalstreams.topics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A cleanup policy is a list; a topic is a table only if its policy never deletes. */
class CleanupPolicyTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            delete          | false | true  | false
            compact         | true  | false | true
            compact,delete  | true  | true  | false
            delete, compact | true  | true  | false
            """)
    void isReadAsAList(String text, boolean compacted, boolean deleted, boolean table) {
        CleanupPolicy policy = CleanupPolicy.of(text);

        assertThat(policy).isEqualTo(new CleanupPolicy(compacted, deleted));
        assertThat(policy.isTable()).isEqualTo(table);
    }
}
