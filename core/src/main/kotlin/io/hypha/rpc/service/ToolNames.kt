package io.hypha.rpc.service

private const val MAX_NAME = 64
private val unfit = Regex("[^a-zA-Z0-9_-]")

/**
 * Names that function-calling APIs take (`[a-zA-Z0-9_-]{1,64}`) for functions with dotted paths, in their order: other characters become
 * `_`, longer names are cut, and of those that come out the same the second ends in `_2`, the third in `_3`.
 */
internal fun toolNames(paths: List<String>): List<String> {
    val taken = HashSet<String>()
    return paths.map { path ->
        val name = path.replace(unfit, "_").take(MAX_NAME)
        val others = generateSequence(2) { it + 1 }.map { "_$it" }.map { name.take(MAX_NAME - it.length) + it }
        (sequenceOf(name) + others).first(taken::add)
    }
}
