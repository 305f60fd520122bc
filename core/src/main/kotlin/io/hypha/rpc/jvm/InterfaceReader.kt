package io.hypha.rpc.jvm

import io.hypha.rpc.service.Description
import io.hypha.rpc.service.ParamDescription
import java.lang.reflect.AnnotatedElement
import java.lang.reflect.Method
import java.lang.reflect.Modifier
import kotlin.metadata.Modality
import kotlin.metadata.declaresDefaultValue
import kotlin.metadata.isSuspend
import kotlin.metadata.isVar
import kotlin.metadata.jvm.getterSignature
import kotlin.metadata.jvm.signature
import kotlin.metadata.jvm.syntheticMethodForAnnotations
import kotlin.metadata.modality
import kotlin.reflect.KType

/** Reads a Kotlin interface and its supertypes out of the metadata that the compiler left in them. */
internal class InterfaceReader private constructor(
    private val root: Class<*>,
) {
    private val functions = ArrayList<FoundFunction>()
    private val properties = ArrayList<FoundProperty>()
    private val seen = HashSet<Class<*>>()
    private val problems = ArrayList<String>()

    private fun read(arguments: List<KType?>): DeclaredInterface {
        val declaration = requireNotNull(metadataOf(root)) { "${root.name} is no interface of Kotlin's" }
        collect(Level(root, TypeReader(root.classLoader, TypeReader.bind(declaration, arguments))))
        val overloads = functions.groupBy { it.overload }.values
        val isRemote = { members: List<FoundFunction> -> isRemote(main(members).function.modality, main(members).method) }
        val remote = overloads.filter(isRemote)
        for (name in remote.groupBy { it.first().function.name }.filterValues { it.size > 1 }.keys) {
            problems += "'$name' is overloaded, and a service knows functions by their names only: rename all but one"
        }
        val byProperty = properties.groupBy { it.property.name }.values
        val (remoteProperties, localProperties) = byProperty.partition { isRemote(main(it).property.modality, annotated(main(it))) }
        return DeclaredInterface(
            root,
            root.getAnnotation(Description::class.java)?.value,
            remote.mapNotNull { members -> checked(main(members).function.name) { function(members) } },
            remoteProperties.mapNotNull { members -> checked(main(members).property.name) { property(members) } },
            local(overloads.filterNot(isRemote), localProperties),
            problems,
        )
    }

    private fun local(
        functions: List<List<FoundFunction>>,
        properties: List<List<FoundProperty>>,
    ): Map<Method, Method> =
        functions.flatMap(::bodies).toMap() + properties.flatMap { members -> members.map { it.getter to main(members).getter } }

    /** The body for each method of a function; a bridge that unwraps arguments is a body itself. */
    private fun bodies(members: List<FoundFunction>): List<Pair<Method, Method>> {
        val main = main(members)
        val isPlain = main.entry(emptyList()).isPlain
        return members.map { it.method to main.method } +
            bridges(members).map { (_, bridge) -> bridge to if (isPlain) main.method else bridge }
    }

    private fun collect(level: Level) {
        if (!seen.add(level.type)) return
        val declaration = metadataOf(level.type)
        if (declaration == null) {
            problems += "${level.type.name}, which it extends, is no interface of Kotlin's"
            return
        }
        declaration.functions.filterNot(::isOfEveryObject).mapNotNullTo(functions) { function ->
            function.signature
                ?.let { methodOf(level.type, it) }
                ?.takeIf { isPublic(it) }
                ?.let { FoundFunction(level, function, it) }
        }
        declaration.properties.mapNotNullTo(properties) { property ->
            property.getterSignature
                ?.let { methodOf(level.type, it) }
                ?.takeIf { isPublic(it) }
                ?.let { FoundProperty(level, property, it) }
        }
        for (supertype in declaration.supertypes) {
            val type = level.reader.declaredClass(supertype)?.java ?: continue
            if (type == Any::class.java) continue
            val reader = metadataOf(type)?.let { level.reader.of(supertype, it) } ?: level.reader
            collect(Level(type, reader))
        }
    }

    private fun isPublic(method: Method) = method.declaringClass in seen && Modifier.isPublic(method.modifiers)

    /** Members with a body run where they are called, unless a name for the wire says otherwise. */
    private fun isRemote(
        modality: Modality,
        annotated: AnnotatedElement?,
    ) = modality == Modality.ABSTRACT || annotated?.getAnnotation(RemoteName::class.java) != null

    private fun <T> checked(
        name: String,
        read: () -> T,
    ): T? =
        try {
            read()
        } catch (e: IllegalArgumentException) {
            problems += "'$name': ${e.message}"
            null
        }

    private fun function(members: List<FoundFunction>): DeclaredFunction {
        val main = main(members)
        val function = main.function
        require(function.typeParameters.isEmpty()) { "it has type parameters of its own, which a caller elsewhere cannot state" }
        require(function.receiverParameterType == null && !hasContext(main)) { "it has a receiver; make that a parameter" }
        require(function.valueParameters.none { it.varargElementType != null }) { "it has a vararg parameter; make that a List" }
        val entries = (listOf(main) + (members - main)).map { it to it.entry(members.filter { other -> other overriddenBy it }) }
        val bridges =
            bridges(members).map { (bridged, bridge) -> entries.first { (found, _) -> found === bridged }.second.through(bridge) }
        val stating = entries.firstOrNull { (found, _) -> found.function.valueParameters.any { it.declaresDefaultValue } }
        return DeclaredFunction(
            name = function.name,
            remoteName = remoteName(main.method, function.name),
            description = main.method.getAnnotation(Description::class.java)?.value,
            isByKeyword =
                listOf<AnnotatedElement>(main.method, main.method.declaringClass, root).any {
                    it.getAnnotation(PassByKeyword::class.java) !=
                        null
                },
            isSuspending = function.isSuspend,
            parameters = function.valueParameters.indices.map { parameter(main, it, stating?.first) },
            result = main.level.reader.read(function.returnType),
            entries = entries.map { it.second } + bridges,
            defaults = stating?.let { (found, entry) -> DefaultArguments.of(found.level.type, entry) },
        )
    }

    /** Context parameters, and nothing else, add to the parameters of the method that are accounted for. */
    private fun hasContext(found: FoundFunction) =
        found.method.parameterTypes.size != found.function.valueParameters.size + if (found.function.isSuspend) 1 else 0

    private fun parameter(
        found: FoundFunction,
        index: Int,
        stating: FoundFunction?,
    ): DeclaredParameter {
        val parameter = found.function.valueParameters[index]
        val annotations = found.method.parameterAnnotations[index]
        return DeclaredParameter(
            remoteName = annotations.firstNotNullOfOrNull { it as? RemoteName }?.value ?: parameter.name,
            description = annotations.firstNotNullOfOrNull { it as? ParamDescription }?.value,
            type = found.level.reader.read(parameter.type),
            hasDefault = stating != null && stating.function.valueParameters[index].declaresDefaultValue,
        )
    }

    private fun property(members: List<FoundProperty>): DeclaredProperty {
        val main = main(members)
        require(!main.property.isVar) { "it is a var, and others can only read the constants of a service; make it a val" }
        require(main.property.receiverParameterType == null) { "it has a receiver" }
        val entries = (listOf(main) + (members - main)).map { it.entry() }
        val name = annotated(main)?.let { remoteName(it, main.property.name) } ?: main.property.name
        return DeclaredProperty(name, main.level.reader.read(main.property.returnType), entries.first(), entries)
    }

    /** The annotations of a property stand at a method that exists for them alone. */
    private fun annotated(found: FoundProperty): Method? =
        found.property.syntheticMethodForAnnotations?.let { methodOf(found.level.type, it) }

    private fun remoteName(
        annotated: AnnotatedElement,
        name: String,
    ): String {
        val stated = annotated.getAnnotation(RemoteName::class.java)?.value ?: return name
        require(stated.isNotEmpty() && '.' !in stated) {
            "its remote name '$stated' is empty or has a dot; for nested names use a property whose type is an interface"
        }
        return stated
    }

    /**
     * What the compiler adds to interfaces with bodies for callers who know a function by other types than those of its last declaration,
     * such as those of a type parameter; each with the declaration that these callers know.
     */
    private fun bridges(members: List<FoundFunction>): List<Pair<FoundFunction, Method>> =
        members
            .flatMap {
                it.level.type.declaredMethods
                    .asList()
            }.filter { it.isBridge }
            .mapNotNull { bridge ->
                members
                    .firstOrNull {
                        it.method.name == bridge.name &&
                            it.method.parameterTypes.contentEquals(
                                bridge.parameterTypes,
                            )
                    }?.to(bridge)
            }

    private fun main(members: List<FoundFunction>) = members.first { one -> members.none { it !== one && one overriddenBy it } }

    @JvmName("mainProperty")
    private fun main(members: List<FoundProperty>) = members.first { one -> members.none { it !== one && isAbove(one.level, it.level) } }

    private infix fun FoundFunction.overriddenBy(other: FoundFunction) = isAbove(level, other.level)

    private fun isAbove(
        level: Level,
        other: Level,
    ) = level.type != other.type && level.type.isAssignableFrom(other.type)

    companion object {
        /** @param arguments what the type parameters of [type] are. */
        fun read(
            type: Class<*>,
            arguments: List<KType?>,
        ): DeclaredInterface = InterfaceReader(type).read(arguments)
    }
}
