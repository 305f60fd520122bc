package io.hypha.rpc.value

/**
 * An argument or result together with its static type. Without it a value is written by its run-time class, which is enough for
 * nearly everything; with it sealed classes keep their discriminator and generic classes their type arguments.
 *
 * @property value the value itself.
 * @property shape the type as which it is written.
 */
public class Arg<T>(
    public val value: T,
    public val shape: Shape<T>,
) {
    override fun toString(): String = "Arg($shape)"
}

/** [value] with the type [T] under which the compiler knows it: `call("draw", arg<Figure>(circle))`. */
public inline fun <reified T> arg(value: T): Arg<T> = Arg(value, shape<T>())
