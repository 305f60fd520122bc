package io.hypha.rpc.java;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Uses classes that Android has from a later API level on; nothing else may load a class that has this. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface BeyondAndroid24 {}
