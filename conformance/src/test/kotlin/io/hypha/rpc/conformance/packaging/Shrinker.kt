package io.hypha.rpc.conformance.packaging

import com.android.tools.r8.R8
import java.io.File

/** R8, as the Android build runs it: shrinks, optimizes and renames, here to Java class files. */
object Shrinker {
    /**
     * Makes one jar of [program] and [libraries]. The rules are [rules] and those that the jars bring. A class that is used and missing is an
     * error.
     */
    fun shrink(
        program: File,
        libraries: List<File>,
        rules: File,
        target: File,
    ) {
        val inputs = (listOf(program) + libraries).map { it.path }
        ChildJvm.run(
            ChildJvm.own,
            // It runs once and not for long: what the second compiler would do costs more than it saves.
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseParallelGC",
            "-Xmx1g",
            "-cp",
            Libraries.locationOf(R8::class.java).path,
            R8::class.java.name,
            "--release",
            "--classfile",
            "--lib",
            ChildJvm.own.path,
            "--pg-conf",
            rules.path,
            "--output",
            target.path,
            *inputs.toTypedArray(),
            minutes = 5,
        )
    }
}
