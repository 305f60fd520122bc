package io.hypha.rpc.value

/**
 * Marks what travels as a reference and not as a value: local functions wrapped for sending and remote functions (protocol §3.1,
 * §4.3). The writer hands every instance to [References.write], before it looks at any other rule.
 */
internal interface Referable
