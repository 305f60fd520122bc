package io.hypha.rpc.call

import io.hypha.rpc.value.Taggable

/** An object of this program whose functions a peer may keep and call beyond the call that brought it (protocol §4.5). */
internal interface LocalInterface : Taggable
