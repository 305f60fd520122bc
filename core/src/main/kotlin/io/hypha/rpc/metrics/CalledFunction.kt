package io.hypha.rpc.metrics

/**
 * Which function a call is of, without anything that names a client, a session or an object: however many of those there are, a program
 * sees as many different ones of these as it has and uses functions of services.
 *
 * @property service the id of the service, without workspace and client; [SESSION] for what was passed or returned in a call, and [INTERFACE]
 * for a member of an interface object.
 * @property function the name of the function within it, such as `add` or `math.add`; [CALLBACK] or [STREAM] for what belongs to a [SESSION].
 */
public class CalledFunction(
    public val service: String,
    public val function: String,
) {
    override fun equals(other: Any?): Boolean = other is CalledFunction && other.service == service && other.function == function

    override fun hashCode(): Int = 31 * service.hashCode() + function.hashCode()

    override fun toString(): String = "$service.$function"

    public companion object {
        /** Stands for the service of functions and streams that were passed in a call or came as its result. */
        public const val SESSION: String = "(session)"

        /** Stands for the service of every interface object. */
        public const val INTERFACE: String = "(interface)"

        /** The function of a [SESSION] that a program calls itself. */
        public const val CALLBACK: String = "(callback)"

        /** The function of a [SESSION] that gets the next item of a stream, or closes it; at the owner of a byte source also what reads from that. */
        public const val STREAM: String = "(stream)"
    }
}
