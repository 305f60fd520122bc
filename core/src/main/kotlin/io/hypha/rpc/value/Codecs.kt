package io.hypha.rpc.value

import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.update

/**
 * The codecs of a connection (protocol §4.6). May be changed at any time from any thread; a message sees either the old or the new
 * codecs, not a mixture.
 *
 * @param defaults codecs that are tried after all that are registered.
 */
public class Codecs(
    defaults: List<Codec<*>> = emptyList(),
) {
    private val state = MutableStateFlow(CodecTable(emptyList(), defaults))

    internal val table: CodecTable get() = state.value

    /**
     * Adds [codec], in the place of those with the same name or type. A value is encoded by the first codec registered whose type
     * it is an instance of.
     */
    public fun register(codec: Codec<*>) {
        state.update { it.with(codec) }
    }
}
