package io.clinicalstreams.loadgen.command;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Records a second: a number from 0, which is as fast as possible, upwards. */
final class RateText implements ITypeConverter<Double> {

    @Override
    public Double convert(String text) {
        try {
            double rate = Double.parseDouble(text);
            if (rate >= 0 && !Double.isInfinite(rate)) {
                return rate;
            }
        } catch (NumberFormatException notNumber) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is no number from 0 upwards");
    }
}
