package io.clinicalstreams.topics.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void showsControlCharactersAsNumbers() {
        Table table = new Table("KEY", "STATE");

        table.row("curated/\u001b[31m\nred", "present");

        assertThat(table.toString().lines())
                .containsExactly("KEY                         STATE", "curated/\\u{1b}[31m\\u{a}red  present");
    }
}
