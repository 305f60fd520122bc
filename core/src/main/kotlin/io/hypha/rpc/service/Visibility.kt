package io.hypha.rpc.service

import kotlin.jvm.JvmStatic

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
    ;

    public companion object {
        /**
         * The visibility that [word] stands for on the wire.
         *
         * @throws IllegalArgumentException for any other word, naming the choices; there is no `private`: a service that nobody else may
         * have is not registered, or is protected in a workspace of its own.
         */
        @JvmStatic
        public fun of(word: String): Visibility =
            requireNotNull(entries.find { it.wireName == word }) {
                "'$word' is no visibility; choose ${entries.joinToString { "'${it.wireName}'" }}"
            }
    }
}
