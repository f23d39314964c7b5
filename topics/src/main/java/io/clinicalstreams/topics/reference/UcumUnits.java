package io.clinicalstreams.topics.reference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Optional;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.jspecify.annotations.Nullable;

/** Whether a string is a UCUM unit. A rule with a mistyped unit matches no result and never raises an alert. */
final class UcumUnits {

    private static final UcumEssenceService UCUM = load();

    private UcumUnits() {}

    /** The problem with a unit; null if it is valid. */
    static @Nullable String problem(String unit) {
        return UCUM.validate(unit) == null ? null : "is not a UCUM unit: '" + unit + "'";
    }

    /** The same limit in another unit; empty if UCUM cannot convert between the units. */
    static Optional<Limit> convert(Limit limit, String from, String to) {
        try {
            String value = UCUM.convert(new Decimal(limit.value().toPlainString()), from, to)
                    .asDecimal();
            return Optional.of(new Limit(limit.comparison(), new BigDecimal(value)));
        } catch (UcumException otherQuantity) {
            return Optional.empty();
        }
    }

    private static UcumEssenceService load() {
        try (InputStream essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
            return new UcumEssenceService(essence);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (UcumException wrong) {
            throw new IllegalStateException("ucum-essence.xml cannot be read", wrong);
        }
    }
}
