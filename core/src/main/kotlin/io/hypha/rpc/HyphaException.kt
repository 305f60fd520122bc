package io.hypha.rpc

/**
 * The root of everything that this library throws on purpose. Catch a subtype to act on one kind of failure, or this type to
 * act on all of them. None of them is a `CancellationException`: cancelling a coroutine stays what it is.
 */
public sealed class HyphaException(
    message: String,
    cause: Throwable? = null,
) : RuntimeException(message, cause) {
    /**
     * Whether it is certain that the remote function did not run, so that the call can be repeated without doing anything twice (protocol
     * §7.7). When false it may have run, wholly or in part.
     */
    public open val didNotRun: Boolean get() = false
}

/** The server refused the credentials or the identity of this client; the message is the server's own reason. */
public class AuthenticationException(
    message: String,
    cause: Throwable? = null,
) : HyphaException(message, cause)

/** The caller may not do this: a protected service of another workspace, a read-only token, somebody else's callback. */
public class PermissionDeniedException(
    message: String,
    cause: Throwable? = null,
) : HyphaException(message, cause)

/** No service answers to the id. */
public class ServiceNotFoundException(
    message: String,
    cause: Throwable? = null,
) : HyphaException(message, cause)

/** The service or session exists no longer, or has no function of that name. The call did not run. */
public class MethodNotFoundException(
    message: String,
    cause: Throwable? = null,
) : HyphaException(message, cause) {
    override val didNotRun: Boolean get() = true
}

/**
 * The other client is not connected, or left while the call was running.
 *
 * @property didNotRun true when the server could not deliver the call, or the client left before all of it was sent; false when it left later.
 */
public class PeerGoneException(
    message: String,
    cause: Throwable? = null,
    override val didNotRun: Boolean = false,
) : HyphaException(message, cause)

/**
 * The provider was silent for the whole timeout of the call: neither a reply nor a heartbeat arrived. Also: no event came in the time
 * that it was waited for.
 */
public class CallTimeoutException(
    message: String,
    cause: Throwable? = null,
) : HyphaException(message, cause)

/**
 * The other side takes no more calls for now; later it may.
 *
 * @property didNotRun true when the other side refused the call before its function began; false when the function itself says so.
 */
public class OverloadedException(
    message: String,
    cause: Throwable? = null,
    override val didNotRun: Boolean = false,
) : HyphaException(message, cause)

/** A peer or server sent bytes that are no valid message. Messages name the place, never the content. */
public class ProtocolException(
    message: String,
    cause: Throwable? = null,
) : HyphaException(message, cause)

/**
 * The connection is closed, or was lost; the message says why.
 *
 * @property didNotRun true for a call that waited for a connection and was never sent.
 */
public class ConnectionClosedException(
    message: String,
    cause: Throwable? = null,
    override val didNotRun: Boolean = false,
) : HyphaException(message, cause)

/**
 * A value cannot be sent, or a received one does not fit the type asked for.
 *
 * @property problem what is wrong with it and what to do, without the path.
 */
public class EncodingException(
    public val problem: String,
    path: String = "",
    cause: Throwable? = null,
) : HyphaException(problem, cause) {
    /** Where the value stands, such as `args[0].image.meta`; empty for the value itself. Long keys and paths are cut off. */
    public var path: String = path
        private set

    override val message: String get() = if (path.isEmpty()) problem else "$path: $problem"

    /**
     * This exception, seen from one level further out: [step], a key such as `image` or an index such as `[0]`, comes before its path. It
     * is not another one for each level, for a peer may have sent a hundred levels in as many bytes.
     */
    public fun within(step: String): EncodingException {
        val shown = if (step.length > LONGEST_STEP) step.take(LONGEST_STEP) + "\u2026" else step
        val joined = if (path.isEmpty() || path.startsWith("[")) shown + path else "$shown.$path"
        path = if (joined.length > LONGEST_PATH) joined.take(LONGEST_PATH) + "\u2026" else joined
        return this
    }

    private companion object {
        const val LONGEST_STEP = 100
        const val LONGEST_PATH = 2000
    }
}

/**
 * The remote function failed. The message is one line, without the prefixes that pile up when an error crosses several hops.
 *
 * @property remoteType the remote name of the exception, such as `ValueError`; null when the peer did not say.
 * @property remoteMessage the remote text after the type; for a Python traceback its last line.
 * @property remoteTrace everything that the peer sent about the failure, for logs and bug reports; may be empty.
 */
public class RemoteException(
    public val remoteType: String?,
    public val remoteMessage: String,
    public val remoteTrace: String = "",
    cause: Throwable? = null,
) : HyphaException(if (remoteType == null) remoteMessage else "$remoteType: $remoteMessage", cause)
