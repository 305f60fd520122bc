package io.hypha.rpc.conformance.project

import java.io.File

/** Where things lie in this repository, for the tests about the project itself. */
object Project {
    val root: File = File(System.getProperty("basedir") ?: ".").absoluteFile.normalize().parentFile

    /** The modules that are published, by their folders. */
    val publishedModules: List<String> = listOf("core", "ktor-transport", "java-interop", "micrometer", "hub")

    fun classesOf(module: String): File = root.resolve(module).resolve("target/classes")

    /** How a file is named in messages: relative to the root, with slashes. */
    fun pathOf(file: File): String = file.relativeTo(root).invariantSeparatorsPath
}
