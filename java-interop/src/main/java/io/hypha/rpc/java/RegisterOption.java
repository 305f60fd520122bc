package io.hypha.rpc.java;

/** How to register a service, beside its definition. */
public enum RegisterOption {
    /** Replaces a service of the same id instead of failing. */
    OVERWRITE,

    /**
     * First holds the service against the definition of its type, as the server knows it: both have the same members.
     * Its functions take over the schemas and descriptions of the definition where they have none (protocol §7.5).
     */
    CHECK_TYPE
}
