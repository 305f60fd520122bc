package io.hypha.rpc.hub.service

/**
 * Whether [text] matches [pattern], in which every `*` stands for any run of characters, the empty one included, and every other
 * character for itself. Takes time proportional to the product of the lengths at worst, whatever the pattern is.
 */
internal fun globMatches(
    pattern: String,
    text: String,
): Boolean {
    var inPattern = 0
    var inText = 0
    var lastStar = -1
    var resumeAt = 0
    while (inText < text.length) {
        if (inPattern < pattern.length && pattern[inPattern] == '*') {
            lastStar = inPattern++
            resumeAt = inText
        } else if (inPattern < pattern.length && pattern[inPattern] == text[inText]) {
            inPattern++
            inText++
        } else if (lastStar >= 0) {
            inPattern = lastStar + 1
            inText = ++resumeAt
        } else {
            return false
        }
    }
    while (inPattern < pattern.length && pattern[inPattern] == '*') inPattern++
    return inPattern == pattern.length
}
