package io.clinicalstreams.topics.reference;

/**
 * The digit after the hyphen of a LOINC code: mod 10 (Luhn). It catches a typing error that would name another test.
 */
final class LoincCheckDigit {

    private LoincCheckDigit() {}

    static boolean isRight(String code) {
        if (!code.matches("\\d{1,7}-\\d")) {
            return false;
        }
        int hyphen = code.indexOf('-');
        int sum = 0;
        for (int i = hyphen - 1, weight = 2; i >= 0; i--, weight = 3 - weight) {
            int product = weight * Character.digit(code.charAt(i), 10);
            sum += product / 10 + product % 10;
        }
        return (10 - sum % 10) % 10 == Character.digit(code.charAt(hyphen + 1), 10);
    }
}
