package io.clinicalstreams.topics.problem;

/** Exit codes, the same for every command. */
public enum ExitCode {
    OK(0),
    FAILURE(1),
    /** Wrong usage or configuration: nothing was done. */
    WRONG_USAGE(2),
    /** The cluster differs from the catalogue, or a check failed. */
    NOT_HELD(3),
    /** Of a plan: a difference is disruptive. */
    DISRUPTIVE(4),
    /** Of a plan: a difference is refused. */
    REFUSED(5),
    /** Of a plan: the only differences are topics that the catalogue does not list. */
    UNMANAGED(6);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
