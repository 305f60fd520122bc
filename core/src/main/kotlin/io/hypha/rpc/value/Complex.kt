package io.hypha.rpc.value

/**
 * A complex number, an element of an [NDArray] of `complex64` or `complex128`.
 *
 * @property real the real part.
 * @property imaginary the imaginary part.
 */
public data class Complex(
    public val real: Double,
    public val imaginary: Double,
)
