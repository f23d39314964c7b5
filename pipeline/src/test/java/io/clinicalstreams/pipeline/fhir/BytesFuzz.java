package io.clinicalstreams.pipeline.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fuzz target: any bytes as a record's value. Jackson decides whether they are JSON, HAPI what they contain. */
final class BytesFuzz {

    private static final Set<Reason> UNREADABLE = EnumSet.of(Reason.NOT_JSON, Reason.NESTING_TOO_DEEP);

    private static final Reading READING = new Reading();
    private static final HapiComparison HAPI = new HapiComparison();

    private BytesFuzz() {}

    public static void fuzzerTestOneInput(byte[] data) {
        List<ReadResource> read = READING.all(data);
        assertThat(read).isNotEmpty();
        for (ReadResource one : read) {
            assertThat(Reading.verdict(one)).isNotEqualTo(Reason.UNEXPECTED.name());
        }
        Reason unreadable = unreadable(data);
        ReadResource first = read.get(0);
        if (unreadable != null) {
            assertThat(Reading.verdict(first)).isEqualTo(unreadable.name());
            assertThat(read).hasSize(1);
        } else if (first.index() == Coordinates.WHOLE_RECORD) {
            String unused = HAPI.judge(data, first.finding());
        } else {
            assertThat(UNREADABLE).noneMatch(reason -> Reading.verdict(first).equals(reason.name()));
        }
    }

    private static @Nullable Reason unreadable(byte[] data) {
        if (data.length == 0) {
            return Reason.EMPTY_VALUE;
        }
        if (!isUtf8(data)) {
            return Reason.INVALID_UTF8;
        }
        Reason problem = JacksonOracle.problem(data);
        return problem != null && UNREADABLE.contains(problem) ? problem : null;
    }

    private static boolean isUtf8(byte[] data) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)) != null;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }
}
