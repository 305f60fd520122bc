package io.hypha.rpc.call

import io.hypha.rpc.value.Referable

/** A value of an upper room that is written as another value. */
internal interface WireAlias : Referable {
    val wireValue: Any?
}
