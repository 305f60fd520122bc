package io.hypha.rpc.conformance.packaging

import java.io.File
import java.lang.module.ModuleFinder

/** The types that a module shows to others, read from its jar or its folder of classes. */
object ExportedTypes {
    fun of(module: File): List<Class<*>> {
        val reference = ModuleFinder.of(module.toPath()).findAll().single()
        val exported =
            reference
                .descriptor()
                .exports()
                .filterNot { it.isQualified }
                .map { it.source() }
        val names =
            reference.open().use { reader ->
                reader
                    .list()
                    .toArray()
                    .map { it.toString() }
                    .filter { it.endsWith(".class") && it.substringBeforeLast('/').replace('/', '.') in exported }
                    .map { it.removeSuffix(".class").replace('/', '.') }
            }
        return names.sorted().map { Class.forName(it, false, javaClass.classLoader) }.filter { Signatures.isVisible(it) }
    }
}
