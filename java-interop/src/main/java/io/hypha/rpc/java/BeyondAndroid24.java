package io.hypha.rpc.java;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Uses what Android has from a later API level on; whoever uses it deals with the lack of it. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface BeyondAndroid24 {}
