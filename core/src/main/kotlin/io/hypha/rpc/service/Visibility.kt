package io.hypha.rpc.service

/** Who may find and call a service (protocol §7.2). */
public enum class Visibility(
    /** The word for it on the wire. */
    public val wireName: String,
) {
    /** Everybody may find it and call it. */
    Public("public"),

    /** Only clients of the own workspace, and of workspaces that are authorised by name. */
    Protected("protected"),

    /** Everybody who knows its id may call it, but it is in no list. */
    Unlisted("unlisted"),
}
