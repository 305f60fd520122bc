package io.hypha.rpc.conformance.packaging

import io.hypha.rpc.conformance.project.Project
import io.kotest.core.spec.style.FunSpec
import java.io.File
import kotlin.time.Duration.Companion.minutes

/** The tests of the module for Java, once more on the newest JDK: there, handlers run on virtual threads. */
class NewerJavaTest :
    FunSpec({
        test("the tests of the module for Java pass on JDK 25")
            .config(blockingTest = true, timeout = 5.minutes, enabledOrReasonIf = Jdks.needsNewer) {
                val tests = Project.root.resolve("java-interop/target/test-classes")
                val classPath = tests.path + File.pathSeparator + System.getProperty("java.class.path")
                val basedir = "-Dbasedir=" + Project.root.resolve("java-interop")
                val output = ChildJvm.run(Jdks.newer!!, basedir, "-cp", classPath, JavaTests::class.java.name, tests.path, minutes = 4)
                println("On ${Jdks.newer}: " + output.trim().lines().last())
            }
    })
