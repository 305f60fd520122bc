@file:JvmName("Output")

package io.hypha.rpc.samples

import java.io.ByteArrayOutputStream
import java.io.PrintStream

/** Something that prints. */
fun interface Program {
    @Throws(Exception::class)
    fun run()
}

/** The lines that [program] prints. One at a time: there is only one standard output. */
fun linesOf(program: Program): List<String> {
    val real = System.out
    val printed = ByteArrayOutputStream()
    System.setOut(PrintStream(printed, true, Charsets.UTF_8))
    try {
        program.run()
    } finally {
        System.setOut(real)
    }
    return printed.toString(Charsets.UTF_8).lines().filter { it.isNotBlank() }
}
