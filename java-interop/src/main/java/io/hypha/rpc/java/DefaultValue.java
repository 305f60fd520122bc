package io.hypha.rpc.java;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a parameter of a service function is when callers leave it out, or pass {@code null} for it: {@code int
 * scale(int x, @DefaultValue("2") int factor)}. For primitive types and their boxes, {@code String} and enums. Callers
 * that use the interface themselves always pass the argument.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface DefaultValue {
    /** The value as text: a number, {@code true} or {@code false}, the name of an enum constant. */
    String value();
}
