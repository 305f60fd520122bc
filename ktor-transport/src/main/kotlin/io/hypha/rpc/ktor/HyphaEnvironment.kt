package io.hypha.rpc.ktor

/**
 * Where variables such as `HYPHA_SERVER_URL` are read from when no URL is given; [HyphaEnvironment.Process] unless a test or a program that
 * keeps its configuration elsewhere gives another one: `environment = HyphaEnvironment(properties::getProperty)`.
 */
public fun interface HyphaEnvironment {
    /** The value of the variable [name]; null when there is none. An empty one counts as none. */
    public operator fun get(name: String): String?

    public companion object {
        /** The environment of this process. */
        @JvmField
        public val Process: HyphaEnvironment = HyphaEnvironment(System::getenv)
    }
}

internal const val SERVER_URL = "HYPHA_SERVER_URL"
internal const val TOKEN = "HYPHA_TOKEN"
internal const val WORKSPACE = "HYPHA_WORKSPACE"
internal const val CLIENT_ID = "HYPHA_CLIENT_ID"

internal fun HyphaEnvironment.text(name: String): String? = get(name)?.trim()?.ifEmpty { null }

internal fun HyphaEnvironment.serverUrl(): String =
    requireNotNull(text(SERVER_URL)) { "no server URL: pass one, or set the environment variable $SERVER_URL" }
