package io.hypha.rpc.samples

/** `mvn -q compile exec:java` */
object Quickstart {
    @JvmStatic
    fun main(args: Array<String>) {
        println("Hypha RPC for the JVM")
    }
}
