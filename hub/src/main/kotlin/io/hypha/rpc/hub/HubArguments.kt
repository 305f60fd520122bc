package io.hypha.rpc.hub

import picocli.CommandLine.Model.CommandSpec
import picocli.CommandLine.Model.OptionSpec
import picocli.CommandLine.ParseResult
import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/** What can be said on the command line, and what it means for the options. */
internal object HubArguments {
    private val defaults = HubOptions.Builder()
    private const val USUAL_PORT = 9527

    /** The description of all arguments. */
    fun spec(): CommandSpec {
        val spec = CommandSpec.create().name("hypha-hub").mixinStandardHelpOptions(false)
        spec.usageMessage().description("Runs a Hypha hub: a server that lets Hypha clients on this machine call each other.")
        spec.usageMessage().footer(
            "",
            "Secrets come from the environment: HYPHA_JWT_SECRET (or JWT_SECRET) signs the tokens (32 bytes or more; without it, tokens " +
                "end with the hub), " +
                "HYPHA_ROOT_TOKEN opens everything (32 characters or more; without it, there is no such token), " +
                "HYPHA_LOGIN_PASSWORD is what the login page asks for (12 characters or more).",
        )
        option<String>(spec, "--host", "ADDRESS", "Address to listen on; 0.0.0.0 for every network. Default: ${defaults.host}")
        option<Int>(spec, "--port", "PORT", "Port to listen on; 0 picks a free one. Default: $USUAL_PORT")
        option<String>(spec, "--public-url", "URL", "Address under which all clients know the hub. Default: made from host and port")
        option<Double>(
            spec,
            "--message-rate",
            "N",
            "Messages a second that a client may send in the long run; 0 for any number. Default: 0",
        )
        option<Int>(
            spec,
            "--message-burst",
            "N",
            "Messages that a client may send at once, if there is a rate. Default: ten times the rate",
        )
        option<Int>(spec, "--max-frame-bytes", "N", "Size of the largest message from a client. Default: ${defaults.maxFrameBytes}")
        option<Long>(spec, "--max-queued-bytes", "N", "Bytes that may wait for a slow client. Default: ${defaults.maxQueuedBytes}")
        option<Double>(spec, "--idle-timeout", "SECONDS", "Time after which a silent client is closed; 0 for never. Default: 600")
        option<Double>(spec, "--reconnect-delay", "SECONDS", "Longest random delay of a reconnection. Default: 0")
        option<Double>(spec, "--token-life", "SECONDS", "Time in which a client can reconnect as who it was. Default: 172800")
        option<Double>(spec, "--workspace-grace", "SECONDS", "Time for which a temporary workspace outlives its last client. Default: 60")
        option<Int>(spec, "--event-loops", "N", "Threads that route messages. Default: half of the processors")
        val login = OptionSpec.builder("--login").description(LOGIN)
        spec.addOption(login.build())
        val help = OptionSpec.builder("-h", "--help").usageHelp(true).description("Show this help and exit.")
        return spec.addOption(help.build())
    }

    /** The options; an [IllegalArgumentException] says which of them cannot be. */
    fun options(
        parsed: ParseResult,
        environment: Map<String, String>,
    ): HubOptions =
        hubOptions {
            host = parsed.matchedOptionValue("--host", host)
            port = parsed.matchedOptionValue("--port", USUAL_PORT)
            publicUrl = parsed.matchedOptionValue<String?>("--public-url", null)
            jwtSecret = listOf("HYPHA_JWT_SECRET", "JWT_SECRET").firstNotNullOfOrNull { environment[it]?.ifEmpty { null } }
            rootToken = environment["HYPHA_ROOT_TOKEN"]?.ifEmpty { null }
            messageRate = parsed.matchedOptionValue("--message-rate", messageRate)
            messageBurst = parsed.matchedOptionValue("--message-burst", usualBurst(messageRate))
            maxFrameBytes = parsed.matchedOptionValue("--max-frame-bytes", maxFrameBytes)
            maxQueuedBytes = parsed.matchedOptionValue("--max-queued-bytes", maxOf(maxQueuedBytes, maxFrameBytes.toLong()))
            idleTimeout = seconds(parsed, "--idle-timeout", idleTimeout).let { if (it == Duration.ZERO) Duration.INFINITE else it }
            reconnectDelay = seconds(parsed, "--reconnect-delay", reconnectDelay)
            reconnectionTokenLife = seconds(parsed, "--token-life", reconnectionTokenLife)
            workspaceGrace = seconds(parsed, "--workspace-grace", workspaceGrace)
            eventLoops = parsed.matchedOptionValue("--event-loops", eventLoops)
            login = if (parsed.hasMatchedOption("--login")) loginProvider(environment) else null
        }

    private fun loginProvider(environment: Map<String, String>): LoginProvider =
        environment["HYPHA_LOGIN_PASSWORD"]?.ifEmpty { null }?.let(LoginProvider::withPassword) ?: LoginProvider.withoutPassword()

    private fun usualBurst(rate: Double): Int = if (rate > 0) maxOf(1, (rate * BURST_SECONDS).toInt()) else 0

    private fun seconds(
        parsed: ParseResult,
        name: String,
        default: Duration,
    ): Duration = parsed.matchedOptionValue<Double?>(name, null)?.seconds ?: default

    private inline fun <reified T : Any> option(
        spec: CommandSpec,
        name: String,
        value: String,
        description: String,
    ) {
        val option =
            OptionSpec
                .builder(name)
                .paramLabel(value)
                .type(T::class.javaObjectType)
                .description(description)
        spec.addOption(option.build())
    }

    private const val LOGIN =
        "Offer a login page, where people get tokens for programs. Without HYPHA_LOGIN_PASSWORD it asks for a name only, " +
            "and the hub must listen on this machine only. Default: no login"

    /** Ten seconds' worth of messages, as the reference server allows. */
    private const val BURST_SECONDS = 10
}
