package io.hypha.rpc.call

import io.hypha.rpc.value.Shape

/**
 * A parameter as a service definition names it; the handler's own parameter adds its type.
 *
 * @property name the name under which callers may pass it by keyword.
 * @property description what it is for, for people and for schemas.
 * @property hasDefault whether callers may leave it out.
 * @property default what the handler gets then.
 */
public class ParameterSpec internal constructor(
    public val name: String,
    public val description: String?,
    public val hasDefault: Boolean,
    public val default: Any?,
) {
    init {
        require(name.isNotBlank()) { "a parameter needs a name" }
    }

    @PublishedApi
    internal fun typed(shape: Shape<*>): Parameter = Parameter(name, description, hasDefault, default, shape)
}

/** A parameter that callers have to pass. */
public fun param(
    name: String,
    description: String? = null,
): ParameterSpec = ParameterSpec(name, description, hasDefault = false, default = null)

/** A parameter that callers may leave out; the handler then gets [default]. */
public fun param(
    name: String,
    description: String? = null,
    default: Any?,
): ParameterSpec = ParameterSpec(name, description, hasDefault = true, default)

/** A parameter of the type [T], for functions that take their arguments by name. */
public inline fun <reified T> typedParam(
    name: String,
    description: String? = null,
): Parameter =
    param(name, description).typed(
        io.hypha.rpc.value
            .shape<T>(),
    )

/** A parameter of the type [T] that callers may leave out, for functions that take their arguments by name. */
public inline fun <reified T> typedParam(
    name: String,
    description: String? = null,
    default: T,
): Parameter =
    param(name, description, default).typed(
        io.hypha.rpc.value
            .shape<T>(),
    )

/** A named and typed parameter of a [LocalFunction]. */
public class Parameter
    @PublishedApi
    internal constructor(
        /** The name under which callers may pass it by keyword. */
        public val name: String,
        /** What it is for. */
        public val description: String?,
        /** Whether callers may leave it out. */
        public val hasDefault: Boolean,
        /** What the handler gets when they do. */
        public val default: Any?,
        /** Its type. */
        public val shape: Shape<*>,
    )
