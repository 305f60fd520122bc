/**
 * Hypha RPC for plain Java. {@link io.hypha.rpc.java.Hypha} is where a program begins.
 *
 * <table>
 *   <caption>What is for what</caption>
 *   <tr><th>task</th><th>classes</th></tr>
 *   <tr><td>connect</td><td>{@link io.hypha.rpc.java.Hypha}, {@link io.hypha.rpc.java.HyphaClientBuilder},
 *       {@link io.hypha.rpc.java.LoginSettings}</td></tr>
 *   <tr><td>find services, and call them</td><td>{@link io.hypha.rpc.java.HyphaClient},
 *       {@link io.hypha.rpc.java.HyphaService}, {@link io.hypha.rpc.java.HyphaFunction},
 *       {@link io.hypha.rpc.java.Kwargs}, {@link io.hypha.rpc.java.RemoteStream}</td></tr>
 *   <tr><td>the same with futures</td><td>{@link io.hypha.rpc.java.HyphaAsyncClient},
 *       {@link io.hypha.rpc.java.HyphaAsyncService}, {@link io.hypha.rpc.java.HyphaAsyncFunction},
 *       {@link io.hypha.rpc.java.AsyncStream}, {@link io.hypha.rpc.java.Publishers}</td></tr>
 *   <tr><td>offer a service function by function</td><td>{@link io.hypha.rpc.java.ServiceDefinition},
 *       {@link io.hypha.rpc.java.ServiceMembers}, {@link io.hypha.rpc.java.Param}</td></tr>
 *   <tr><td>call or offer a service as a Java interface or object</td>
 *       <td>{@link io.hypha.rpc.java.HyphaService#proxy(Class)},
 *       {@link io.hypha.rpc.java.ServiceMembers#implement(Class, Object)}, {@link io.hypha.rpc.java.Exposed},
 *       {@link io.hypha.rpc.java.Constant}, {@link io.hypha.rpc.java.Group}</td></tr>
 *   <tr><td>pass functions</td><td>{@link io.hypha.rpc.java.Callback}, {@link io.hypha.rpc.java.HyphaInterface}</td></tr>
 *   <tr><td>values</td><td>{@link io.hypha.rpc.java.TypeRef}, {@link io.hypha.rpc.java.NDArrays},
 *       {@link io.hypha.rpc.java.HyphaCodec}</td></tr>
 *   <tr><td>tools of language models, events, the server's own services</td>
 *       <td>{@link io.hypha.rpc.java.HyphaTools}, {@link io.hypha.rpc.java.EventStream},
 *       {@link io.hypha.rpc.java.HyphaManager}</td></tr>
 * </table>
 *
 * <p>Handlers are {@code Handler0} to {@code Handler5} with a result and {@code Action0} to {@code Action5} without
 * one. Exceptions, the caller's context, visibilities and other types that Kotlin shares are in the packages of the
 * module {@code io.hypha.rpc.core}.
 */
// For those who change it: everything else here is not public, and in this one package because it makes and opens the
// public classes, whose constructors are nobody else's business. Calls go through RemoteCall; a typed service is read
// (TypeLevel, MemberMethods, MemberReader: an InterfacePlan of TypedFunctions and TypedProperties), then called
// (InterfaceProxy) or served (InterfaceMembers); TypedValue and ResultStyle say how its values and results travel.
package io.hypha.rpc.java;
