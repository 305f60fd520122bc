package io.hypha.rpc.conformance.packaging

import io.kotest.core.test.Enabled
import io.kotest.core.test.EnabledOrReasonIf
import java.io.File

/** The JDKs of this machine beside the one that runs the tests. */
object Jdks {
    private const val NEWER = 25

    /**
     * The home of JDK 25, or null: named by `JAVA25_HOME` or one of the variables that continuous integration services set, or installed
     * beside the JDK that runs the tests.
     */
    val newer: File? by lazy { (named() + neighbours()).firstOrNull { versionOf(it) == NEWER } }

    /** For tests on it. */
    val needsNewer: EnabledOrReasonIf = {
        if (newer ==
            null
        ) {
            Enabled.disabled("no JDK $NEWER here; JAVA${NEWER}_HOME may name one")
        } else {
            Enabled.enabled
        }
    }

    private fun named(): List<File> =
        listOf("JAVA${NEWER}_HOME", "JAVA_HOME_${NEWER}_X64", "JAVA_HOME_${NEWER}_ARM64")
            .mapNotNull { System.getenv(it) }
            .map { File(it) }

    private fun neighbours(): List<File> =
        ChildJvm.own.canonicalFile.parentFile
            .listFiles()
            .orEmpty()
            .sorted()

    /** Every JDK says in its file `release` which one it is. */
    private fun versionOf(home: File): Int? {
        val release = home.resolve("release").takeIf { it.isFile } ?: return null
        val version = Regex("""JAVA_VERSION="(\d+)""").find(release.readText()) ?: return null
        return version.groupValues[1].toInt()
    }
}
