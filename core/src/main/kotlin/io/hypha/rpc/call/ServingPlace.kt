package io.hypha.rpc.call

import kotlinx.coroutines.CoroutineDispatcher
import kotlin.coroutines.CoroutineContext

/** Where a connection serves the calls of others, and collects the streams that they read, when that is not where it does all else. */
internal interface ServingPlace : CoroutineContext.Element {
    /** Its threads; null for those of the connection. */
    val servingDispatcher: CoroutineDispatcher?

    /** The key of the element. */
    companion object Key : CoroutineContext.Key<ServingPlace>
}
