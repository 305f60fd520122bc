package io.hypha.rpc.java;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method without parameters a group of further members, {@code math.mul} and others: {@code @Group MathPart
 * math();} where {@code MathPart} is another interface that describes a service. One of the type {@code Optional} may
 * be missing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Group {}
