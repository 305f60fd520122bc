package io.hypha.rpc.conformance.packaging

import io.hypha.rpc.conformance.project.Project
import io.kotest.core.spec.style.FunSpec
import java.io.File
import kotlin.time.Duration.Companion.minutes

/** The tests in Java, once more on the newest JDK: there, handlers run on virtual threads. */
class NewerJavaTest :
    FunSpec({
        for ((module, tests) in mapOf("java-interop" to "io.hypha.rpc.java", "conformance" to "io.hypha.rpc.conformance.java")) {
            test("the tests of the package $tests pass on JDK 25")
                .config(blockingTest = true, timeout = (MINUTES + 1).minutes, enabledOrReasonIf = Jdks.needsNewer) {
                    run(module, tests)
                }
        }
    })

/** Longer than they take on a slow machine; each of them has a time limit of its own. */
private const val MINUTES = 6L

private fun run(
    module: String,
    tests: String,
) {
    val folder = Project.root.resolve("$module/target/test-classes").path
    val classPath = folder + File.pathSeparator + System.getProperty("java.class.path")
    val basedir = "-Dbasedir=" + Project.root.resolve(module)
    val output =
        ChildJvm.run(Jdks.newer!!, basedir, "-cp", classPath, JavaTests::class.java.name, folder, tests, minutes = MINUTES)
    println("$tests on ${Jdks.newer}: " + output.trim().lines().last())
}
