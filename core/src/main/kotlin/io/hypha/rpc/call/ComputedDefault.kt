package io.hypha.rpc.call

/** In place of a default that only the handler can compute: it gets this object when the caller leaves the argument out. */
internal object ComputedDefault {
    override fun toString(): String = "ComputedDefault"
}
