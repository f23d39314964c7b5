package io.clinicalstreams.loadgen.generate;

import io.clinicalstreams.loadgen.generate.RecentResults.Result;
import io.clinicalstreams.loadgen.scenario.Scenario;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes one patient's resources: fills patient, times and values into a template. A vital sign is measured one second
 * before it is sent, a laboratory specimen collected 40 seconds before; constant offsets keep each series in order.
 */
final class Chart {

    private static final long VITAL_AGE_MILLIS = 1_000;
    private static final long SPECIMEN_AGE_MILLIS = 40_000;
    private static final long ISSUED_AGE_MILLIS = 250;
    private static final byte[] FINAL = "final".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CORRECTED = "corrected".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WITHDRAWN = "entered-in-error".getBytes(StandardCharsets.US_ASCII);
    /** Complete Observations are a little smaller than this, keys included. */
    private static final int COMPLETE_BYTES = 1_000;

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long seed;
    private final Physiology physiology;
    private final Randomness random;
    private final SlotValues values;
    private final List<LaboratoryTest> tests = LaboratoryTest.all();
    private final Map<VitalSign, Template> vitalSigns;
    private final Template bloodPressure;
    private final List<Map<InterpretationCode, Template>> laboratory;
    private final List<Template> medicationRequests;
    private final List<Template> encounters;
    private final List<Template> patients;
    private final List<Template> replacedPatients;
    private final BitSet introduced;
    private final int[] visits;
    private long resources;
    private @Nullable Result lastResult;

    Chart(Scenario scenario, Randomness random, SlotValues values) {
        this.seed = scenario.seed();
        this.physiology = new Physiology(seed);
        this.random = random;
        this.values = values;
        boolean isLean = scenario.bytes() > 0 && scenario.bytes() < COMPLETE_BYTES;
        this.vitalSigns = VitalSign.SINGLE.stream()
                .collect(Collectors.toUnmodifiableMap(sign -> sign, sign -> ResourceTemplates.vitalSign(sign, isLean)));
        this.bloodPressure = ResourceTemplates.bloodPressure();
        this.laboratory = ResourceTemplates.laboratory(tests, isLean);
        this.medicationRequests = ResourceTemplates.medicationRequests();
        this.encounters = ResourceTemplates.encounters();
        this.patients = ResourceTemplates.patients();
        this.replacedPatients = ResourceTemplates.replacedPatients();
        this.introduced = new BitSet(scenario.patients());
        this.visits = new int[scenario.patients()];
        values.text(Slot.STATUS, FINAL);
    }

    List<LaboratoryTest> tests() {
        return tests;
    }

    /** Whether the Patient resource was already written. */
    boolean knows(int patient) {
        return introduced.get(patient);
    }

    byte[] vitalSign(int patient, byte[] subject, long millis, double strain) {
        VitalSign sign = pickSign(patient);
        Template template = Objects.requireNonNull(vitalSigns.get(sign));
        observation(patient, subject, millis, VITAL_AGE_MILLIS);
        vital(Slot.VALUE, sign, patient, millis, strain);
        return template.fill(values);
    }

    byte[] bloodPressure(int patient, byte[] subject, long millis, double strain) {
        observation(patient, subject, millis, VITAL_AGE_MILLIS);
        vital(Slot.VALUE, VitalSign.SYSTOLIC, patient, millis, strain);
        vital(Slot.SECOND_VALUE, VitalSign.DIASTOLIC, patient, millis, strain);
        return bloodPressure.fill(values);
    }

    /** A result within the normal range. */
    byte[] normalResult(int test, int patient, byte[] subject, long millis) {
        long scaled = physiology.laboratory(tests.get(test), patient, millis, random.noise());
        return result(test, scaled, false, patient, subject, millis);
    }

    byte[] result(int test, long scaled, boolean critical, int patient, byte[] subject, long millis) {
        lastResult = new Result(resources, test, patient, visits[patient], scaled, critical, millis);
        observation(patient, subject, millis, SPECIMEN_AGE_MILLIS);
        return result(test, scaled, critical);
    }

    /** The result with a value within the normal range. */
    byte[] correction(Result of, byte[] subject, long millis) {
        long scaled = physiology.laboratory(tests.get(of.test()), of.patient(), of.millis(), random.noise());
        return again(of, CORRECTED, scaled, false, subject, millis);
    }

    byte[] withdrawal(Result of, byte[] subject, long millis) {
        return again(of, WITHDRAWN, of.scaled(), of.critical(), subject, millis);
    }

    private byte[] again(Result of, byte[] status, long scaled, boolean critical, byte[] subject, long millis) {
        observation(of.id(), of.patient(), of.visit(), subject);
        values.time(Slot.EFFECTIVE, of.millis() - SPECIMEN_AGE_MILLIS);
        values.time(Slot.ISSUED, millis - ISSUED_AGE_MILLIS);
        values.text(Slot.STATUS, status);
        byte[] written = result(of.test(), scaled, critical);
        values.text(Slot.STATUS, FINAL);
        return written;
    }

    private byte[] result(int test, long scaled, boolean critical) {
        LaboratoryTest of = tests.get(test);
        values.decimal(Slot.VALUE, scaled, of.scale());
        Template template = laboratory.get(test).get(InterpretationCode.of(of, scaled, critical));
        return Objects.requireNonNull(template).fill(values);
    }

    /** The laboratory result written last, null before the first. */
    @Nullable
    Result lastResult() {
        return lastResult;
    }

    byte[] medicationRequest(int patient, byte[] subject, long millis) {
        observation(patient, subject, millis, VITAL_AGE_MILLIS);
        return medicationRequests.get(random.nextInt(medicationRequests.size())).fill(values);
    }

    /** A new encounter, which later resources refer to. */
    byte[] encounter(int patient, byte[] subject, long millis) {
        visits[patient]++;
        observation(patient, subject, millis, VITAL_AGE_MILLIS);
        return encounters.get(random.nextInt(encounters.size())).fill(values);
    }

    byte[] patient(int patient) {
        introduced.set(patient);
        return patient(patient, patients);
    }

    /** The Patient, whose record another one replaces. */
    byte[] replaced(int patient, int by) {
        values.text(Slot.SUBJECT, GeneratedPatient.reference(by));
        return patient(patient, replacedPatients);
    }

    private byte[] patient(int patient, List<Template> byGender) {
        values.text(Slot.PATIENT_ID, GeneratedPatient.id(patient));
        values.text(Slot.BIRTH_DATE, GeneratedPatient.birthDate(seed, patient));
        return byGender.get(GeneratedPatient.isMale(seed, patient) ? 1 : 0).fill(values);
    }

    /** Fills the slots for malformed input that derives from a vital sign. */
    void badVitalSign(int patient, byte[] subject, long millis) {
        observation(patient, subject, millis, VITAL_AGE_MILLIS);
        vital(Slot.VALUE, VitalSign.HEART_RATE, patient, millis, 0);
    }

    /** The fullUrl in a Bundle of the resource written last. */
    String lastFullUrl() {
        return "urn:uuid:" + values.of(Slot.ID);
    }

    private VitalSign pickSign(int patient) {
        boolean fahrenheit = Randomness.fixed(seed, patient, 2_010) < 0.1;
        return switch (random.nextInt(4)) {
            case 0 -> VitalSign.HEART_RATE;
            case 1 -> VitalSign.RESPIRATORY_RATE;
            case 2 -> VitalSign.OXYGEN_SATURATION;
            default -> fahrenheit ? VitalSign.BODY_TEMPERATURE_FAHRENHEIT : VitalSign.BODY_TEMPERATURE;
        };
    }

    private void vital(Slot slot, VitalSign sign, int patient, long millis, double strain) {
        values.decimal(slot, physiology.vitalSign(sign, patient, millis, strain, random.noise()), sign.scale());
    }

    private void observation(int patient, byte[] subject, long millis, long age) {
        observation(resources++, patient, visits[patient], subject);
        values.time(Slot.EFFECTIVE, millis - age);
        values.time(Slot.ISSUED, millis - ISSUED_AGE_MILLIS);
    }

    private void observation(long id, int patient, int visit, byte[] subject) {
        values.uuid(Slot.ID, Randomness.mix(seed + GOLDEN), Randomness.mix(id + (seed * GOLDEN)));
        long visits = Randomness.mix(seed ^ ((patient + 1L) * GOLDEN));
        values.uuid(Slot.ENCOUNTER_ID, visits, Randomness.mix(visits + visit));
        values.text(Slot.SUBJECT, subject);
    }
}
