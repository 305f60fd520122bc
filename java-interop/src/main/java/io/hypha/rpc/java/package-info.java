/**
 * Hypha RPC for plain Java: calls that wait, and the same calls with futures.
 *
 * <p>{@link io.hypha.rpc.java.Hypha} connects. A {@link io.hypha.rpc.java.HyphaClient} is the connection: it finds the
 * services of others and offers its own.
 *
 * <pre>{@code
 * try (HyphaClient client = Hypha.connect("http://127.0.0.1:9527")) {
 *     client.registerService(ServiceDefinition.builder("hello-world")
 *             .function("hello", Param.of("name", String.class), name -> "Hello " + name)
 *             .build());
 *
 *     HyphaService hello = client.getService("hello-world");
 *     String text = hello.call("hello", String.class, "John");
 *     CompletableFuture<String> later = hello.async().call("hello", String.class, "Ada");
 * }
 * }</pre>
 *
 * <table class="striped">
 *   <caption>Where to look first</caption>
 *   <thead><tr><th scope="col">to do</th><th scope="col">use</th></tr></thead>
 *   <tbody>
 *     <tr><td>connect with a token, time limits, an executor, TLS</td>
 *         <td>{@link io.hypha.rpc.java.Hypha#builder(String)}</td></tr>
 *     <tr><td>call a function</td>
 *         <td>{@link io.hypha.rpc.java.HyphaService#call(String, Class, Object...)}, with
 *         {@link io.hypha.rpc.java.Kwargs} for arguments by name and {@link io.hypha.rpc.java.TypeRef} for results with
 *         type arguments</td></tr>
 *     <tr><td>read a stream</td>
 *         <td>{@link io.hypha.rpc.java.RemoteStream}, {@link io.hypha.rpc.java.AsyncStream},
 *         {@link io.hypha.rpc.java.Publishers}</td></tr>
 *     <tr><td>pass a function</td>
 *         <td>{@link io.hypha.rpc.java.Callback} until the call returns, {@link io.hypha.rpc.java.HyphaInterface} for
 *         longer</td></tr>
 *     <tr><td>offer functions</td>
 *         <td>{@link io.hypha.rpc.java.ServiceDefinition}, from lambdas, from an interface or from an object with
 *         {@link io.hypha.rpc.java.Exposed} methods</td></tr>
 *     <tr><td>call a service through an interface</td>
 *         <td>{@link io.hypha.rpc.java.HyphaService#proxy(Class)}</td></tr>
 *     <tr><td>send n-dimensional arrays</td>
 *         <td>{@link io.hypha.rpc.java.NDArrays}</td></tr>
 *     <tr><td>send classes of your own</td>
 *         <td>records and beans as they are, others with a {@link io.hypha.rpc.java.HyphaCodec}</td></tr>
 *     <tr><td>make tokens, look after workspaces</td>
 *         <td>{@link io.hypha.rpc.java.HyphaClient#manager()}</td></tr>
 *   </tbody>
 * </table>
 *
 * <p><b>Two views.</b> {@code async()} and {@code blocking()} lead from one view to the other, over the same
 * connection. Both have the same methods; what waits in one returns a {@code CompletableFuture} in the other.
 *
 * <p><b>Threads.</b> Everything here is safe for use by several threads, but for builders, settings and streams, which
 * are for one at a time. Handlers, callbacks, listeners and what depends on a future run on the executor of the client
 * and may block; by default that is a virtual thread each where Java has them, else a daemon thread.
 *
 * <p><b>Failures</b> are unchecked {@link io.hypha.rpc.HyphaException}s; futures fail with the same ones. A bad
 * argument of a program's own is an {@code IllegalArgumentException} or a {@code NullPointerException}, before anything
 * is sent.
 *
 * <p><b>Limits of time</b> are given as a number with a {@code TimeUnit}, or as a {@code java.time.Duration}, which
 * Android has from API level 26 on. {@code Flow.Publisher} is there from level 30 on; all else needs level 24.
 */
// For those who change it: everything else here is not public, and in this one package because it makes and opens the
// public classes, whose constructors are nobody else's business. Calls go through RemoteCall; a typed service is read
// (TypeLevel, MemberMethods, MemberReader: an InterfacePlan of TypedFunctions and TypedProperties), then called
// (InterfaceProxy) or served (InterfaceMembers); TypedValue and ResultStyle say how its values and results travel.
package io.hypha.rpc.java;
