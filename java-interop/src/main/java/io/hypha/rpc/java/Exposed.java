package io.hypha.rpc.java;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public method of an object a function of the service that the object is added to: see
 * {@link ServiceMembers#members(Object)}. Methods without an annotation of this package stay private to this program.
 * Overriding methods are exposed as the overridden one is. In an interface that describes a service every method
 * without a body is a function, with this annotation or without.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Exposed {
    /** The name that callers use, without dots; by default that of the method. */
    String value() default "";
}
