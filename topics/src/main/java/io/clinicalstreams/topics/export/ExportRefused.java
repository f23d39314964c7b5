package io.clinicalstreams.topics.export;

/** Something in the catalogue that the asked format cannot say. Exit code 2. */
final class ExportRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ExportRefused(String message) {
        super(message);
    }
}
