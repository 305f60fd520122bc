package io.hypha.rpc.conformance.packaging

import io.hypha.rpc.conformance.shrunk.ShrunkProgram
import io.hypha.rpc.hub.HyphaHub
import io.hypha.rpc.samples.TypedServices
import io.kotest.core.spec.style.FunSpec
import io.kotest.engine.spec.tempdir
import io.kotest.matchers.shouldBe
import java.io.File
import kotlin.time.Duration.Companion.minutes

/**
 * A program that R8 shrinks together with the library still does what it did. The only rules are those inside of our jars and those that an
 * application has to state itself.
 */
class ShrunkProgramTest :
    FunSpec({
        test("a shrunk program makes its calls as before").config(blockingTest = true, timeout = 7.minutes) {
            val folder = tempdir()
            val shrunk = folder.resolve("shrunk.jar")
            // Of the samples, the service that is a Kotlin interface.
            val samples = Libraries.locationOf(TypedServices::class.java)
            val libraries = (Libraries.all + samples).mapIndexed { at, library -> packed(library, folder.resolve("library$at.jar")) }
            Shrinker.shrink(program(folder.resolve("program.jar")), libraries, rules(), shrunk)
            HyphaHub.start().use { hub ->
                ChildJvm.run(ChildJvm.own, "-cp", shrunk.path, ShrunkProgram::class.java.name, hub.url) shouldBe SHOWN
            }
        }
    })

private val SHOWN =
    """
    add 42
    keywords 43
    future 2
    callback 0.5
    item 0
    item 1
    item 2
    map {a=[1, 2]}
    array float32 [2, 3]
    failure no spores
    typed add 3
    typed future [a, b]
    typed stream [0, 1]
    typed callback 0.25
    typed name Hello Ann, Goodbye Bob
    names Hello Cy, 42
    record true
    record as map {name=c1, stain=BLUE, outline=[{x=1, y=2}], note=round}
    bean Ann 12
    bean as map {owner=Ann, weight=12}
    version 1.0
    41 + 1 is 42
    counted [0, 1, 2]
    done 0.5
    done 1.0

    """.trimIndent()

/** The classes of the program alone, without the other tests. */
private fun program(target: File): File {
    val classes = Libraries.locationOf(ShrunkProgram::class.java)
    return Libraries.pack(classes, classes.resolve(ShrunkProgram::class.java.packageName.replace('.', '/')).walk(), target)
}

/** R8 wants jars; a module that this build has not packaged yet is a folder of classes. */
private fun packed(
    library: File,
    target: File,
): File = if (library.isDirectory) Libraries.pack(library, library.walk(), target) else library

private fun rules(): File = File(checkNotNull(ShrunkProgram::class.java.getResource("/shrunk/application.pro")).toURI())
