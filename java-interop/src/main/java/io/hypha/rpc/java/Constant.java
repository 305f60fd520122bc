package io.hypha.rpc.java;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a method without parameters a constant of the service: {@code @Constant String version();}. It is read once:
 * from the implementation when the service is defined, and from the service when the proxy is made. One of the type
 * {@code Optional} may be missing, others must not be {@code null}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Constant {}
