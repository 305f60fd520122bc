package io.hypha.rpc.conformance.packaging

import io.hypha.rpc.conformance.project.Project
import io.hypha.rpc.java.Hypha
import java.io.File
import java.util.jar.JarOutputStream
import java.util.zip.ZipEntry

/** The jars that a Java program with this library has: ours as they were built, and those that they need. */
object Libraries {
    /** The module for Java: its jar, or its folder of classes when it was not packaged in this build. */
    val java: File = locationOf(Hypha::class.java)

    /** It and everything it needs at run time. */
    val all: List<File> by lazy {
        val others =
            Project.root
                .resolve("java-interop/target/module-path.txt")
                .readText()
                .trim()
        listOf(java) + others.split(File.pathSeparator).map { File(it) }
    }

    fun locationOf(type: Class<*>): File =
        File(
            type.protectionDomain.codeSource.location
                .toURI(),
        )

    fun path(files: List<File>): String = files.joinToString(File.pathSeparator)

    /** Writes [files], which are below [root], into a jar at [target]. */
    fun pack(
        root: File,
        files: Sequence<File>,
        target: File,
    ): File {
        JarOutputStream(target.outputStream()).use { jar ->
            for (file in files.filter { it.isFile }) {
                jar.putNextEntry(ZipEntry(file.relativeTo(root).invariantSeparatorsPath))
                file.inputStream().use { it.copyTo(jar) }
            }
        }
        return target
    }
}
