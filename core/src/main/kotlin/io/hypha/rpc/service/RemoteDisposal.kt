package io.hypha.rpc.service

import io.hypha.rpc.HyphaException
import io.hypha.rpc.MethodNotFoundException
import io.hypha.rpc.PeerGoneException
import io.hypha.rpc.call.RemoteFunction
import io.hypha.rpc.debug
import kotlinx.coroutines.launch

/** The end of an interface object as its receiver brings it about (protocol §4.5). */
internal class RemoteDisposal private constructor(
    private val function: RemoteFunction,
) {
    /** Tells the owner; one who has forgotten it already, or is gone, needs not be told. */
    suspend fun await() {
        try {
            function.call<Any?>()
        } catch (e: MethodNotFoundException) {
            alreadyEnded(e)
        } catch (e: PeerGoneException) {
            alreadyEnded(e)
        }
    }

    /** Tells the owner in the course of the connection. */
    fun start() {
        function.scope.launch {
            try {
                await()
            } catch (e: HyphaException) {
                function.logger.debug { "the owner of $function could not be told of its end: ${e.message}" }
            }
        }
    }

    private fun alreadyEnded(e: HyphaException) {
        function.logger.debug { "$function had ended before: ${e.message}" }
    }

    companion object {
        /**
         * The disposal by [function]; null unless it is of an interface object: registered services may have a function of that name for ends of
         * their own, and a peer must not choose what else is called when a handle of its is closed.
         */
        fun of(function: RemoteFunction): RemoteDisposal? {
            val path = function.reference.path
            val isOfInterface = path.startsWith("services.$INTERFACE_ID") && path.endsWith(".${InterfaceRegistration.DISPOSE}")
            // What came over another server ends by a function of the session in which it was handed on (protocol §4.3).
            return if (isOfInterface || !path.startsWith("services.")) RemoteDisposal(function) else null
        }
    }
}

/**
 * A received map of functions as a handle: what was decoded without a type, such as an interface object in the data of an event. As a
 * parameter or result write [RemoteService] itself.
 */
public fun Map<*, *>.asRemoteService(): RemoteService = RemoteService(textKeys(this))
