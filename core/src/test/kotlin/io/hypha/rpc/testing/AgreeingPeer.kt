package io.hypha.rpc.testing

import io.hypha.rpc.transport.Link
import io.hypha.rpc.transport.LinkEvent
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch

/** The far end of a link where every call is answered with nothing, at once, and nothing is kept. */
internal class AgreeingPeer(
    private val link: Link,
    private val address: String = "ws/peer",
) {
    /** @param onOther gets what is no call that expects a reply. */
    fun startIn(
        scope: CoroutineScope,
        onOther: (Message) -> Unit = { },
    ) {
        val peer = ScriptedPeer(link, address)
        scope.launch {
            while (true) {
                val event = link.receive() as? LinkEvent.Message ?: return@launch
                val message = Message.of(event.bytes)
                if (message.main["session"] != null && message.extra["promise"] != null) peer.resolve(message, null) else onOther(message)
            }
        }
    }
}
