package io.hypha.rpc.leaks

/**
 * How often tests of leaks do what they do: [count] times, or more or less often by the factor that the system property `leaks.factor`
 * gives, such as 10 for a long run.
 */
internal fun repetitions(count: Int): Int = (count * factor).toInt().coerceAtLeast(1)

private val factor = System.getProperty("leaks.factor")?.toDouble() ?: 1.0
