package io.hypha.rpc.service

/** Keeps the builders of a service definition apart: inside of a group only the group's own functions are meant. */
@DslMarker
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS)
public annotation class HyphaDsl
