package io.hypha.rpc.conformance.python

/** A call that the recorded JavaScript client made and a Kotlin client does not, and why that is right. */
internal class UnmadeCall(
    val reason: String,
    val isMeant: (RecordedMessage) -> Boolean,
)

internal val callsOnlyOfJavaScript: List<UnmadeCall> =
    listOf(
        UnmadeCall("the functions of the workspace manager are called by their path, so its service is never fetched") {
            isFromJavaScript(it) && it.method == "services.built-in.get_service" && it.args == listOf("default")
        },
        UnmadeCall("the message cache of a peer is called by its path, so its built-in service is not fetched") {
            isFromJavaScript(it) && it.method == "services.built-in.get_service" && it.args == listOf("built-in")
        },
        UnmadeCall("JavaScript reads a blob to its end while it decodes it; a Kotlin program reads when it wants to") {
            isFromJavaScript(it) && it.session != null && it.main["to"] == it.main["from"]
        },
    )

private fun isFromJavaScript(message: RecordedMessage) =
    message.main["from"]
        .toString()
        .substringAfter('/')
        .startsWith("js-")
